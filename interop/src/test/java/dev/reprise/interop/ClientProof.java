/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

/** Whether the client is asked who it is, and says it. */
enum ClientProof {
  NOT_ASKED,
  /** Asked, and answered with an empty chain. */
  DECLINED,
  /** Required and given. */
  GIVEN
}
