/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.Uint16List;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed before certificates are chosen or judged.
 *
 * @param version the version
 * @param suite the suite, once it is chosen
 * @param serverName the server's name, lower-case and without trailing dot
 * @param peerSignatureSchemes what the peer said it can verify
 */
public record Negotiation(
    ProtocolVersion version,
    @Nullable CipherSuite suite,
    @Nullable String serverName,
    Uint16List peerSignatureSchemes) {}
