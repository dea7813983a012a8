/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

/** The states of a server before it is connected; ARCHITECTURE.md has them as a table. */
public sealed interface ServerState extends HandshakeState
    permits ServerExpectClientHello,
        Tls12ServerExpectCertificate,
        Tls12ServerExpectCertificateVerify,
        Tls12ServerExpectChangeCipherSpec,
        Tls12ServerExpectClientKeyExchange,
        Tls12ServerExpectFinished,
        Tls13ServerExpectCertificate,
        Tls13ServerExpectCertificateVerify,
        Tls13ServerExpectFinished,
        Tls13ServerExpectSecondClientHello {}
