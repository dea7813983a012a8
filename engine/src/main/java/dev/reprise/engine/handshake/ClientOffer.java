/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.ApplicationProtocols;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello asks for, in words that both versions use.
 *
 * @param hello the message
 * @param serverName the name asked for, lower-case and without trailing dot; null if none was
 */
record ClientOffer(ClientHello hello, @Nullable String serverName) {
  private static final Uint16List NO_CODES = Uint16List.of();

  static ClientOffer of(ClientHello hello) throws TlsException {
    requireNullCompression(hello);
    ServerName name = hello.extensions().find(ServerName.class);
    String host = name == null ? null : normal(name.hostName());
    if (host != null && host.isEmpty()) {
      throw TlsException.illegalParameter("The server name is the root of the DNS");
    }
    return new ClientOffer(hello, host);
  }

  /** DNS names are equal without regard to case and to the root's dot. */
  static @Nullable String normal(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String undotted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return undotted.toLowerCase(Locale.ROOT);
  }

  Extensions extensions() {
    return hello.extensions();
  }

  <T extends Extension> @Nullable T find(Class<T> extension) {
    return hello.extensions().find(extension);
  }

  boolean offers(int cipherSuite) {
    return hello.cipherSuites().contains(cipherSuite);
  }

  /** What the client can verify; empty if it did not say. */
  Uint16List signatureSchemes() {
    SignatureAlgorithms algorithms = find(SignatureAlgorithms.class);
    return algorithms == null ? NO_CODES : algorithms.schemes();
  }

  /** Those of {@code ours} that the client can verify, in our order. */
  List<SignatureScheme> commonSchemes(List<SignatureScheme> ours) {
    Uint16List theirs = signatureSchemes();
    List<SignatureScheme> common = new ArrayList<>(ours.size());
    for (SignatureScheme scheme : ours) {
      if (theirs.contains(scheme.code())) {
        common.add(scheme);
      }
    }
    return common;
  }

  /** The application protocols offered; empty if the extension is absent. */
  List<String> applicationProtocols() {
    ApplicationProtocols offered = find(ApplicationProtocols.class);
    return offered == null ? List.of() : names(offered);
  }

  /** Protocol names are bytes; ISO 8859-1 keeps each of them, as JSSE's users expect. */
  static List<String> names(ApplicationProtocols protocols) {
    List<String> names = new ArrayList<>(protocols.protocols().size());
    for (Opaque protocol : protocols.protocols()) {
      names.add(
          new String(
              protocol.array(), protocol.offset(), protocol.length(), StandardCharsets.ISO_8859_1));
    }
    return names;
  }

  static ApplicationProtocols protocols(List<String> names) {
    List<Opaque> protocols = new ArrayList<>(names.size());
    for (String name : names) {
      protocols.add(Opaque.takeOver(name.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return new ApplicationProtocols(protocols);
  }

  /**
   * RFC 8446, Section 4.1.2: in TLS 1.3 "this vector MUST contain exactly one byte, set to zero";
   * RFC 5246, Section 7.4.1.2: "it MUST contain, and all implementations MUST support,
   * CompressionMethod.null".
   */
  private static void requireNullCompression(ClientHello hello) throws TlsException {
    Opaque methods = hello.compressionMethods();
    for (int i = 0; i < methods.length(); i++) {
      if (methods.at(i) == 0) {
        return;
      }
    }
    throw TlsException.illegalParameter("The client does not offer null compression");
  }
}
