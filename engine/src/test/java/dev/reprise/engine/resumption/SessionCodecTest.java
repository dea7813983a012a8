/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCodecTest {
  private static final int VERSION_AT = 1;
  private static final int SUITE_AT = 1 + 2 + 32;
  private static final int FLAGS_AT = SUITE_AT + 2;
  private static final int SECRET_AT = FLAGS_AT + 1 + 32 + 4;

  @Property(tries = 500, seed = "1")
  @Upholds("C6")
  void readsWhatItWrote(@ForAll("sessions") Session session) throws DecodeException {
    byte[] encoded = SessionCodec.encode(session);
    assertEquals(encoded.length, SessionCodec.encodedLength(session));
    Session read = SessionCodec.decode(Opaque.takeOver(encoded));
    assertTrue(Samples.same(session, read));
    assertNotSame(session.secret(), read.secret());
  }

  @Property(tries = 60, seed = "1")
  void refusesEveryTruncation(@ForAll("sessions") Session session) {
    Opaque encoded = Opaque.takeOver(SessionCodec.encode(session));
    for (int length = 0; length < encoded.length(); length++) {
      Opaque cut = encoded.slice(0, length);
      assertThrows(DecodeException.class, () -> SessionCodec.decode(cut));
    }
  }

  @Property(tries = 100, seed = "1")
  void refusesOneByteTooMany(@ForAll("sessions") Session session) {
    byte[] encoded = SessionCodec.encode(session);
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThrows(DecodeException.class, () -> SessionCodec.decode(Opaque.takeOver(longer)));
  }

  @Property(tries = 2000, seed = "1")
  void neverFailsOtherwiseThanItSays(@ForAll byte[] junk) {
    try {
      SessionCodec.decode(Opaque.takeOver(junk)).close();
    } catch (DecodeException _) {
      // The one way to fail.
    }
  }

  @Property(tries = 300, seed = "1")
  void neverFailsOtherwiseThanItSaysOnAlmostASession(
      @ForAll("sessions") Session session, @ForAll int at, @ForAll byte value) {
    byte[] encoded = SessionCodec.encode(session);
    encoded[Math.floorMod(at, encoded.length)] = value;
    try {
      SessionCodec.decode(Opaque.takeOver(encoded)).close();
    } catch (DecodeException _) {
      // The one way to fail.
    }
  }

  @Provide
  Arbitrary<Session> sessions() {
    return Samples.sessions();
  }

  // What is in other nodes' tickets: a change of this text is a change of the codec version.
  @Test
  void writesVersionOneAsItAlwaysDid() {
    Session session = Samples.session(ProtocolVersion.TLS13, "a.b", List.of(Opaque.ofHex("3000")));
    String hex = HexFormat.of().formatHex(SessionCodec.encode(session));
    String secret = HexFormat.of().formatHex(session.secret().reveal());
    String start = HexFormat.of().toHexDigits(Samples.NOW);
    assertEquals(
        "010304"
            + session.scope().digest()
            + "130101"
            + start
            + start
            + "0123456789abcdef"
            + HexFormat.of().toHexDigits(Samples.NOW + 6 * Samples.HOUR)
            + "fedcba98"
            + "20"
            + secret
            + "03612e62"
            + "026832"
            + "0000050000023000",
        hex);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 255})
  @Refuses("B17")
  void refusesOtherCodecVersions(int version) {
    refuses(0, version);
  }

  @Test
  void refusesAnUnknownProtocolVersion() {
    refuses(VERSION_AT + 1, 0x05);
  }

  @Test
  void refusesASuiteOfTheOtherVersion() {
    refuses(SUITE_AT, 0xc0);
    byte[] encoded = encoded(ProtocolVersion.TLS13);
    encoded[SUITE_AT] = (byte) 0xc0;
    encoded[SUITE_AT + 1] = 0x2b;
    assertThrows(DecodeException.class, () -> SessionCodec.decode(Opaque.takeOver(encoded)));
  }

  @Test
  void refusesFlagsThatItDoesNotKnow() {
    refuses(FLAGS_AT, 0x03);
    refuses(FLAGS_AT, 0x80);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnAllZeroSecret(ProtocolVersion version) {
    byte[] encoded = encoded(version);
    Arrays.fill(encoded, SECRET_AT + 1, SECRET_AT + 1 + encoded[SECRET_AT], (byte) 0);
    assertThrows(DecodeException.class, () -> SessionCodec.decode(Opaque.takeOver(encoded)));
  }

  @Test
  void refusesACertificateOfNoBytes() {
    Session session = Samples.session(ProtocolVersion.TLS13, "a.b", List.of(Opaque.ofHex("aa")));
    byte[] encoded = SessionCodec.encode(session);
    // 000004 000001 aa becomes 000004 000000 aa, and then 000003 000000.
    encoded[encoded.length - 2] = 0;
    assertThrows(DecodeException.class, () -> SessionCodec.decode(Opaque.takeOver(encoded)));
    encoded[encoded.length - 5] = 3;
    Opaque shorter = Opaque.takeOver(encoded, 0, encoded.length - 1);
    assertThrows(DecodeException.class, () -> SessionCodec.decode(shorter));
  }

  @Test
  void sharesNothingWithTheBytesItReads() throws DecodeException {
    Session session = Samples.session(ProtocolVersion.TLS12, "a.b", List.of(Opaque.ofHex("3001")));
    byte[] encoded = SessionCodec.encode(session);
    Session read = SessionCodec.decode(Opaque.takeOver(encoded));
    Arrays.fill(encoded, (byte) 0);
    assertTrue(Samples.same(session, read));
  }

  @Test
  void aSessionRefusesWhatCannotBe() {
    Session session = Samples.session(ProtocolVersion.TLS13);
    Secret tooLong = Secret.takeOver(Samples.bytes(1, 48).toArray());
    assertThrows(IllegalArgumentException.class, () -> with(session, tooLong, 1, "a"));
    Secret fits = session.secret();
    assertThrows(IllegalArgumentException.class, () -> with(session, fits, -1, "a"));
    assertThrows(IllegalArgumentException.class, () -> with(session, fits, 1L << 32, "a"));
    assertThrows(IllegalArgumentException.class, () -> with(session, fits, 1, ""));
    assertThrows(IllegalArgumentException.class, () -> with(session, fits, 1, "ä"));
    assertThrows(IllegalArgumentException.class, () -> with(session, fits, 1, "a".repeat(256)));
    assertEquals(0xffff_ffffL, with(session, fits, 0xffff_ffffL, "a").ticketAgeAdd());
  }

  @Test
  void aSessionShowsNoSecretAndWipesItWhenClosed() {
    Session session = Samples.session(ProtocolVersion.TLS13);
    Session copy = session.copy();
    assertTrue(Samples.same(session, copy));
    session.close();
    assertTrue(session.secret().isClosed());
    assertEquals(32, copy.secret().reveal().length);
    String secret = HexFormat.of().formatHex(copy.secret().reveal());
    assertEquals(-1, copy.toString().indexOf(secret.substring(0, 8)));
  }

  private static Session with(Session session, Secret secret, long ageAdd, String name) {
    return new Session(
        session.version(),
        session.suite(),
        secret,
        true,
        0,
        0,
        0,
        0,
        ageAdd,
        session.scope(),
        name,
        null,
        List.of());
  }

  private static void refuses(int at, int value) {
    byte[] encoded = encoded(ProtocolVersion.TLS13);
    encoded[at] = (byte) value;
    assertThrows(DecodeException.class, () -> SessionCodec.decode(Opaque.takeOver(encoded)));
  }

  private static byte[] encoded(ProtocolVersion version) {
    return SessionCodec.encode(Samples.session(version));
  }
}
