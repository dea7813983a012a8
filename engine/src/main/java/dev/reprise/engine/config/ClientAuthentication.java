/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

/** Whether a server asks the client for a certificate. */
public enum ClientAuthentication {
  /** Not asked for. */
  NONE,
  /** Asked for; a client without one is served all the same. */
  WANT,
  /** Asked for; a client without one is refused. */
  NEED
}
