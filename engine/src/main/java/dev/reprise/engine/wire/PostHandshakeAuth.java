/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {} PostHandshakeAuth;
 * }</pre>
 *
 * RFC 8446, Section 4.2.6: the client would answer a CertificateRequest after the handshake.
 */
public record PostHandshakeAuth() implements Extension {
  @Override
  public int type() {
    return ExtensionType.POST_HANDSHAKE_AUTH;
  }

  @Override
  public void write(TlsWriter body) {}
}
