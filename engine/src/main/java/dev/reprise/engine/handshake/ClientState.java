/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

/** The states of a client before it is connected; ARCHITECTURE.md has them as a table. */
public sealed interface ClientState extends HandshakeState
    permits ClientExpectServerHello,
        Tls12ClientExpectCertificate,
        Tls12ClientExpectChangeCipherSpec,
        Tls12ClientExpectFinished,
        Tls12ClientExpectNewSessionTicket,
        Tls12ClientExpectServerHelloDone,
        Tls12ClientExpectServerKeyExchange,
        Tls13ClientExpectCertificate,
        Tls13ClientExpectCertificateRequest,
        Tls13ClientExpectCertificateVerify,
        Tls13ClientExpectEncryptedExtensions,
        Tls13ClientExpectFinished {}
