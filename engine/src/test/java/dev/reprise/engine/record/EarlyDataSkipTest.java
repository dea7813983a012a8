/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static dev.reprise.engine.record.Records.assertAlert;
import static dev.reprise.engine.record.Records.bytes;
import static dev.reprise.engine.record.Records.changeCipherSpec;
import static dev.reprise.engine.record.Records.concat;
import static dev.reprise.engine.record.Records.content;
import static dev.reprise.engine.record.Records.message;
import static dev.reprise.engine.record.Records.record;
import static dev.reprise.engine.record.Records.sealed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EarlyDataSkipTest {
  private static final ProtectionKind KIND = ProtectionKind.TLS13_AES_128_GCM;
  private static final byte[] FINISHED = message(HandshakeType.FINISHED, 32);

  private final PlainAeads aeads = new PlainAeads();

  private static byte[] earlyData(int length) {
    return record(ContentType.APPLICATION_DATA, content(length));
  }

  private static Inbound afterRejection(ProtectionKind kind, int maxBytes) throws TlsException {
    Inbound inbound = Inbound.handshaking(kind);
    inbound.reader.skipEarlyData(EarlyDataSkip.AFTER_REJECTION, maxBytes);
    return inbound;
  }

  private static Inbound untilSecondHello(int maxBytes) {
    Inbound inbound = new Inbound();
    inbound.reader.negotiated(ProtocolVersion.TLS13);
    inbound.reader.skipEarlyData(EarlyDataSkip.UNTIL_SECOND_HELLO, maxBytes);
    return inbound;
  }

  @ParameterizedTest
  @MethodSource("dev.reprise.engine.record.ProtectionKind#tls13")
  void endsAfterARejectionAtTheFirstRecordThatOpens(ProtectionKind kind) throws TlsException {
    Inbound inbound = afterRejection(kind, 1_000);
    RecordProtection sealing = kind.sealing(aeads);
    inbound.assertSkipped(earlyData(100));
    inbound.assertSkipped(changeCipherSpec());
    inbound.assertSkipped(earlyData(16));
    inbound.assertSkipped(earlyData(1));
    byte[] finished = sealed(sealing, ContentType.HANDSHAKE, FINISHED);
    inbound.assertFragment(ContentType.HANDSHAKE, FINISHED, finished);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> inbound.read(earlyData(100)));
    byte[] more = sealed(sealing, ContentType.HANDSHAKE, FINISHED);
    inbound.assertFragment(ContentType.HANDSHAKE, FINISHED, more);
  }

  @Test
  void consumesWhatItSkips() throws TlsException {
    ByteBuffer none = ByteBuffer.allocate(0);
    byte[] two = concat(earlyData(100), earlyData(50));
    for (Inbound inbound : new Inbound[] {afterRejection(KIND, 150), untilSecondHello(150)}) {
      ByteBuffer in = ByteBuffer.wrap(two);
      assertEquals(new Received.Skipped(), inbound.reader.read(in, none));
      assertEquals(55, in.remaining());
      assertEquals(new Received.Skipped(), inbound.reader.read(in, none));
      assertEquals(0, in.remaining());
    }
  }

  @Test
  @Refuses("Q9")
  void stopsAfterARejectionAtExactlyTheLimit() throws TlsException {
    Inbound inbound = afterRejection(KIND, 16_384);
    inbound.assertSkipped(earlyData(16_000));
    inbound.assertSkipped(earlyData(384));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(earlyData(1)));
  }

  @Test
  @Upholds("Q9")
  void opensTheFinishedAfterAsMuchAsTheLimit() throws TlsException {
    Inbound inbound = afterRejection(KIND, 100);
    inbound.assertSkipped(earlyData(100));
    byte[] finished = sealed(KIND.sealing(aeads), ContentType.HANDSHAKE, FINISHED);
    inbound.assertFragment(ContentType.HANDSHAKE, FINISHED, finished);
  }

  @Test
  void countsARecordWithoutPayloadToo() throws TlsException {
    Inbound inbound = afterRejection(KIND, 3);
    for (int i = 0; i < 3; i++) {
      inbound.assertSkipped(earlyData(0));
    }
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(earlyData(0)));
  }

  @Test
  void doesNotForgiveRecordsThatOpenAndAreWrong() throws TlsException {
    byte[] wrong = sealed(KIND.sealing(aeads), ContentType.APPLICATION_DATA, content(5));
    Inbound inbound = afterRejection(KIND, 100);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(wrong));
  }

  @Test
  void doesNotForgiveRecordsThatAreTooLongOrInClear() throws TlsException {
    Inbound inbound = afterRejection(KIND, 100_000);
    assertAlert(AlertDescription.RECORD_OVERFLOW, () -> inbound.read(earlyData(16_384 + 257)));
    byte[] clear = record(ContentType.HANDSHAKE, FINISHED);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(clear));
  }

  @Test
  void isNotSkippedUnlessAsked() throws TlsException {
    Inbound handshaking = Inbound.handshaking(KIND);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> handshaking.read(earlyData(50)));
    Inbound unprotected = new Inbound();
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> unprotected.read(earlyData(50)));
  }

  @Test
  void endsAfterARetryAtTheSecondHello() throws TlsException {
    Inbound inbound = untilSecondHello(1_000);
    byte[] hello = message(HandshakeType.CLIENT_HELLO, 100);
    inbound.assertSkipped(earlyData(100));
    inbound.assertSkipped(changeCipherSpec());
    inbound.assertSkipped(earlyData(100));
    inbound.assertFragment(ContentType.HANDSHAKE, hello, record(ContentType.HANDSHAKE, hello));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(earlyData(100)));
  }

  @Test
  void stopsAfterARetryAtExactlyTheLimit() throws TlsException {
    Inbound inbound = untilSecondHello(16_384 + 256 + 2);
    inbound.assertSkipped(earlyData(16_384 + 256));
    inbound.assertSkipped(earlyData(0));
    inbound.assertSkipped(earlyData(1));
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> inbound.read(earlyData(0)));
  }

  @Test
  void letsAlertsThroughAfterARetryAndGoesOn() throws TlsException {
    Inbound inbound = untilSecondHello(1_000);
    byte[] alert = bytes(1, 90);
    inbound.assertFragment(ContentType.ALERT, alert, record(ContentType.ALERT, alert));
    inbound.assertSkipped(earlyData(100));
  }

  @Test
  void hasAWayOfItsOwnForEachAnswer() throws TlsException {
    Inbound protectedInbound = Inbound.handshaking(KIND);
    protectedInbound.reader.skipEarlyData(EarlyDataSkip.UNTIL_SECOND_HELLO, 1_000);
    assertAlert(AlertDescription.BAD_RECORD_MAC, () -> protectedInbound.read(earlyData(50)));
    Inbound unprotected = new Inbound();
    unprotected.reader.skipEarlyData(EarlyDataSkip.AFTER_REJECTION, 1_000);
    assertAlert(AlertDescription.UNEXPECTED_MESSAGE, () -> unprotected.read(earlyData(50)));
  }
}
