/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as bytes, in tickets and in stores. What decides whether it may be looked at comes
 * first.
 *
 * <pre>
 * opaque Certificate&lt;1..2^24-1&gt;;
 *
 * struct {
 *     uint8  codec_version = 1;
 *     uint16 protocol_version;
 *     opaque scope[32];
 *     uint16 cipher_suite;
 *     uint8  flags;                             // 1: extended main secret; the others are 0
 *     uint64 created_at;                        // milliseconds since 1970, as all times
 *     uint64 authenticated_at;
 *     uint64 lineage;
 *     uint64 expires_at;
 *     uint32 ticket_age_add;
 *     opaque secret&lt;1..255&gt;;
 *     opaque server_name&lt;0..255&gt;;               // empty: none
 *     opaque application_protocol&lt;0..255&gt;;      // empty: none
 *     Certificate peer_certificates&lt;0..2^24-1&gt;; // leaf first
 * } Session;
 * </pre>
 *
 * <p>A release reads the version it writes and, once there is one, the version before: so a fleet
 * can be updated node by node. There is no version before 1.
 */
public final class SessionCodec {
  private static final int VERSION = 1;
  private static final int EXTENDED_MASTER_SECRET = 1;
  private static final int FIXED_LENGTH = 1 + 2 + ResumptionScope.LENGTH + 2 + 1 + 4 * 8 + 4;
  private static final int LENGTHS_LENGTH = 1 + 1 + 1 + 3;

  private SessionCodec() {}

  /** The session as bytes, which are secret: the caller wipes them. */
  public static byte[] encode(Session session) {
    byte[] bytes = new byte[encodedLength(session)];
    encode(session, bytes);
    return bytes;
  }

  /**
   * Reads what {@link #encode(Session)} made, if it was made in this version and this scope: what a
   * store answers. The session shares none of {@code bytes}.
   *
   * @return never {@link Lookup.NotInStore}
   */
  public static Lookup open(Opaque bytes, ProtocolVersion version, ResumptionScope scope) {
    try {
      TlsReader in = TlsReader.of(bytes);
      Header header = readHeader(in);
      MissReason mismatch = header.mismatch(version, scope);
      return mismatch == null
          ? new Lookup.Found(decode(header, in))
          : new Lookup.Mismatched(mismatch);
    } catch (DecodeException _) {
      return new Lookup.Unavailable();
    }
  }

  /** Reads it whatever it was made for: for a client, which has no scope to check. */
  static Session decode(Opaque bytes) throws DecodeException {
    TlsReader in = TlsReader.of(bytes);
    return decode(readHeader(in), in);
  }

  private static Session decode(Header header, TlsReader in) throws DecodeException {
    Session session = readSession(header, in);
    if (in.hasRemaining()) {
      session.close();
    }
    in.end("Session");
    return session;
  }

  static int encodedLength(Session session) {
    int length = FIXED_LENGTH + LENGTHS_LENGTH + session.secret().length();
    length += length(session.serverName()) + length(session.applicationProtocol());
    for (Opaque certificate : session.peerCertificates()) {
      length += 3 + certificate.length();
    }
    return length;
  }

  /** Writes the session to the start of {@code target} and leaves no other copy of the secret. */
  static void encode(Session session, byte[] target) {
    // Never grows, so that the writer does not leave smaller copies behind.
    TlsWriter out = new TlsWriter(encodedLength(session));
    write(session, out);
    byte[] written = out.toOpaque().array();
    System.arraycopy(written, 0, target, 0, written.length);
    java.util.Arrays.fill(written, (byte) 0);
  }

  private static void write(Session session, TlsWriter out) {
    out.uint8(VERSION);
    out.uint16(session.version().code()).opaque(session.scope().digest());
    out.uint16(session.suite().code());
    out.uint8(session.extendedMasterSecret() ? EXTENDED_MASTER_SECRET : 0);
    out.uint64(session.createdAtMillis()).uint64(session.authenticatedAtMillis());
    out.uint64(session.lineage()).uint64(session.expiresAtMillis());
    out.uint32(session.ticketAgeAdd());
    out.uint8(session.secret().length()).bytes(session.secret().reveal());
    out.opaque8(bytes(session.serverName())).opaque8(bytes(session.applicationProtocol()));
    int start = out.open(3);
    session.peerCertificates().forEach(out::opaque24);
    out.close(start, 3);
  }

  /** What is compared before anything else is read. */
  record Header(int protocolVersion, ResumptionScope scope) {
    /** Why a session that begins like this is not for here, or null. */
    @Nullable MissReason mismatch(ProtocolVersion wantedVersion, ResumptionScope wantedScope) {
      boolean sameScope = wantedScope.accepts(scope);
      if (protocolVersion != wantedVersion.code()) {
        return MissReason.VERSION_MISMATCH;
      }
      return sameScope ? null : MissReason.SCOPE_MISMATCH;
    }
  }

  static Header readHeader(TlsReader in) throws DecodeException {
    int version = in.uint8("codec_version");
    if (version != VERSION) {
      throw new DecodeException("Sessions of codec version " + version + " are not read here");
    }
    int protocolVersion = in.uint16("protocol_version");
    Opaque scope = in.opaque(ResumptionScope.LENGTH, "scope");
    return new Header(protocolVersion, new ResumptionScope(Opaque.takeOver(scope.toArray())));
  }

  /** Reads what follows the header; what follows the session is left. */
  static Session readSession(Header header, TlsReader in) throws DecodeException {
    ProtocolVersion version = known(ProtocolVersion.of(header.protocolVersion()), "version");
    CipherSuite suite = known(CipherSuite.of(in.uint16("cipher_suite")), "cipher suite");
    int flags = in.uint8("flags");
    if ((flags & ~EXTENDED_MASTER_SECRET) != 0) {
      throw new DecodeException("A session with unknown flags");
    }
    long createdAt = in.uint64("created_at");
    long authenticatedAt = in.uint64("authenticated_at");
    long lineage = in.uint64("lineage");
    long expiresAt = in.uint64("expires_at");
    long ageAdd = in.uint32("ticket_age_add");
    Secret secret = Secret.takeOver(in.opaque8(1, 255, "secret").toArray());
    try {
      return new Session(
          version,
          suite,
          secret,
          (flags & EXTENDED_MASTER_SECRET) != 0,
          createdAt,
          authenticatedAt,
          lineage,
          expiresAt,
          ageAdd,
          header.scope(),
          text(in.opaque8(0, 255, "server_name")),
          text(in.opaque8(0, 255, "application_protocol")),
          certificates(in.vector24(0, "peer_certificates")));
    } catch (DecodeException e) {
      secret.close();
      throw e;
    } catch (IllegalArgumentException e) {
      secret.close();
      throw new DecodeException("A session that cannot be: " + e.getMessage());
    }
  }

  private static List<Opaque> certificates(TlsReader in) throws DecodeException {
    List<Opaque> certificates = new ArrayList<>();
    while (in.hasRemaining()) {
      certificates.add(Opaque.takeOver(in.opaque24(1, "certificate").toArray()));
    }
    return certificates;
  }

  private static <T> T known(@Nullable T value, String what) throws DecodeException {
    if (value == null) {
      throw new DecodeException("A session of an unknown " + what);
    }
    return value;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static Opaque bytes(@Nullable String text) {
    return text == null
        ? Opaque.EMPTY
        : Opaque.takeOver(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static @Nullable String text(Opaque bytes) {
    return bytes.isEmpty()
        ? null
        : new String(bytes.array(), bytes.offset(), bytes.length(), StandardCharsets.ISO_8859_1);
  }
}
