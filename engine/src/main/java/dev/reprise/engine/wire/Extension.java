/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * One extension: RFC 8446, Section 4.2. Reading checks the grammar only: whether the extension is
 * allowed where it stands is decided by the handshake.
 */
public sealed interface Extension
    permits ApplicationProtocols,
        CertificateAuthorities,
        ClientKeyShares,
        Cookie,
        EarlyDataIndication,
        EcPointFormats,
        ExpectedTickets,
        ExtendedMasterSecret,
        OfferedPsks,
        PostHandshakeAuth,
        PskKeyExchangeModes,
        RenegotiationInfo,
        RetryKeyShare,
        SelectedPsk,
        SelectedVersion,
        ServerKeyShare,
        ServerName,
        SessionTicketTls12,
        SignatureAlgorithms,
        SignatureAlgorithmsCert,
        SupportedGroups,
        SupportedVersions,
        TicketEarlyData,
        TicketRequest,
        UnknownExtension {
  /** The code point, see {@link ExtensionType}. */
  int type();

  /** Writes the {@code extension_data}, without type and length. */
  void write(TlsWriter body);
}
