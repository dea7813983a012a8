/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** Why an attempt to resume ended the connection: lies, and what an RFC says MUST be aborted. */
public enum RefusalReason {
  /**
   * RFC 7627, Section 5.3: "If the original session used the "extended_master_secret" extension but
   * the new ClientHello does not contain it, the server MUST abort the abbreviated handshake."
   */
  EXTENDED_MASTER_SECRET_MISMATCH,
  /**
   * RFC 8446, Section 4.2.11: "If this value is not present or does not validate, the server MUST
   * abort the handshake."
   */
  BINDER_MISMATCH
}
