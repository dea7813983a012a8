/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * How much of a peer's handshake is ever kept in memory. Each of these bounds what a stranger can
 * make us hold or compute before anything is authenticated.
 */
public final class Limits {
  /**
   * Bytes of a ClientHello's body. Offers with a hybrid key share, a client certificate's worth of
   * session state in the ticket and every extension in use stay below half of it.
   */
  public static final int CLIENT_HELLO_BYTES = 16_384;

  /** Bytes of any other handshake message's body: room for a long certificate chain. */
  public static final int HANDSHAKE_MESSAGE_BYTES = 65_536;

  /**
   * Extensions in one block: twice what the IANA registry holds. Each is compared with those before
   * it, so without a bound a ClientHello of 4,000 empty ones would cost eight million comparisons.
   */
  public static final int EXTENSIONS = 128;

  /**
   * Key shares of one ClientHello, of which clients send one to three. Each is looked for among the
   * groups offered and compared with those before it: 2,300 of a byte would be millions of
   * comparisons.
   */
  public static final int KEY_SHARES = 32;

  private Limits() {}

  /** The longest body in bytes, without the 4-byte header, that is accepted of a {@code type}. */
  public static int messageBytes(HandshakeType type) {
    return type == HandshakeType.CLIENT_HELLO ? CLIENT_HELLO_BYTES : HANDSHAKE_MESSAGE_BYTES;
  }
}
