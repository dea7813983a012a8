/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/** Which version's grammar a handshake message is read with. */
public enum Dialect {
  /** The version is not yet agreed: only the hellos, which both versions share, can be read. */
  HELLO,
  TLS12,
  TLS13
}
