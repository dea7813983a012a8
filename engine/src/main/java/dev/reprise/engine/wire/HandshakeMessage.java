/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * A handshake message of TLS 1.2 or 1.3, as it came or as it will be sent. Reading checks the
 * grammar only: whether a value is allowed here and now is decided by the handshake.
 */
public sealed interface HandshakeMessage
    permits Certificate12,
        Certificate13,
        CertificateRequest12,
        CertificateRequest13,
        CertificateVerify,
        ClientHello,
        ClientKeyExchange,
        EncryptedExtensions,
        EndOfEarlyData,
        Finished,
        HelloRequest,
        KeyUpdate,
        NewSessionTicket12,
        NewSessionTicket13,
        ServerHello,
        ServerHelloDone,
        ServerKeyExchange {
  HandshakeType type();

  /** Writes the message without its header of type and length. */
  void write(TlsWriter body);
}
