/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a stored session may have in common with others, as the bytes that intern tables hold. */
final class StoreParts {
  private final byte[] profile;
  private final byte[] name;
  private final byte[] chain;

  StoreParts(Session session) {
    profile = Profile.encode(session);
    name = text(session.serverName());
    TlsWriter certificates = new TlsWriter();
    session.peerCertificates().forEach(certificates::opaque24);
    chain = certificates.toArray();
  }

  /** Where the session may be resumed, its suite and its ALPN protocol. */
  byte[] profile() {
    return profile;
  }

  /** The server name; empty: none. */
  byte[] name() {
    return name;
  }

  /** The client's certificates; empty: none. */
  byte[] chain() {
    return chain;
  }

  /** What they take in memory if no other session has them. */
  long bytes() {
    return InternTable.memoryFor(profile.length)
        + InternTable.memoryFor(name.length)
        + InternTable.memoryFor(chain.length);
  }

  static @Nullable String name(byte[] bytes) {
    return bytes.length == 0 ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static List<Opaque> chain(byte[] bytes) {
    try {
      List<Opaque> certificates = new ArrayList<>();
      TlsReader in = TlsReader.of(Opaque.takeOver(bytes));
      while (in.hasRemaining()) {
        certificates.add(in.opaque24(0, "certificate"));
      }
      return certificates;
    } catch (DecodeException e) {
      throw new IllegalStateException("The store does not read what it wrote", e);
    }
  }

  private static byte[] text(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The first part, read again. */
  record Profile(
      SessionCodec.Header header,
      CipherSuite suite,
      boolean extendedMasterSecret,
      @Nullable String applicationProtocol) {

    private static byte[] encode(Session session) {
      TlsWriter out = new TlsWriter();
      out.uint16(session.suite().code()).uint8(session.extendedMasterSecret() ? 1 : 0);
      out.opaque(session.scope().digest());
      return out.bytes(text(session.applicationProtocol())).toArray();
    }

    static Profile decode(byte[] bytes) {
      try {
        TlsReader in = TlsReader.of(Opaque.takeOver(bytes));
        CipherSuite suite = Objects.requireNonNull(CipherSuite.of(in.uint16("cipher_suite")));
        boolean extended = in.uint8("flags") == 1;
        ResumptionScope scope = new ResumptionScope(in.opaque(ResumptionScope.LENGTH, "scope"));
        SessionCodec.Header header = new SessionCodec.Header(suite.version().code(), scope);
        return new Profile(header, suite, extended, name(in.rest().toArray()));
      } catch (DecodeException e) {
        throw new IllegalStateException("The store does not read what it wrote", e);
      }
    }
  }
}
