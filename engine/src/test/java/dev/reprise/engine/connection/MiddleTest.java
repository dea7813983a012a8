/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Somebody in the middle rewrites the hellos. */
final class MiddleTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @Test
  void theSentinelShowsAVersionBroughtDown() throws TlsException {
    Pair pair = new Pair(client.connection(), server.connection());
    // supported_versions: TLS 1.3 and 1.2 become 1.1 and 1.2.
    pair.toServer = replacing("002b00050403040303", "002b00050403020303");
    pair.run();
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, alertOf(pair.clientFailure));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, alertOf(pair.serverFailure));
  }

  @Test
  void aFallbackBelowWhatBothHaveIsInappropriate() throws TlsException {
    client.versions = List.of(ProtocolVersion.TLS12);
    Pair pair = new Pair(client.connection(), server.connection());
    // The last suite of the client's list becomes TLS_FALLBACK_SCSV.
    pair.toServer = replacing("cca80100", "56000100");
    pair.run();
    assertEquals(AlertDescription.INAPPROPRIATE_FALLBACK, alertOf(pair.serverFailure));
  }

  @Test
  @Refuses("C3")
  void aSessionWithExtendedMasterSecretIsNotResumedWithout() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    List<Secret> opened = new ArrayList<>();
    server.sealer = noting(server.sealer, opened);
    Pair.connect(client, server).connected();
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = replacing("00170000ff01", "fafa0000ff01");
    pair.run();
    assertEquals(1, opened.size());
    assertTrue(opened.getFirst().isClosed(), "its secret is left");
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(pair.serverFailure));
    ResumptionOutcome.Refused refused =
        assertInstanceOf(ResumptionOutcome.Refused.class, pair.server.resumption());
    assertEquals(RefusalReason.EXTENDED_MASTER_SECRET_MISMATCH, refused.reason());
  }

  /** {@code opened} gets the secret of every session that a ticket yields. */
  private static TicketFormat noting(TicketFormat tickets, List<Secret> opened) {
    return new TicketFormat() {
      @Override
      public @Nullable SealedTicket seal(Session session) {
        return tickets.seal(session);
      }

      @Override
      public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
        TicketOpening opening = tickets.open(ticket, version, scope);
        if (opening instanceof TicketOpening.Opened found) {
          opened.add(found.session().secret());
        }
        return opening;
      }
    };
  }

  @Test
  void aClientOfTls11IsToldTheVersion() throws TlsException {
    client.versions = List.of(ProtocolVersion.TLS12);
    Pair pair = new Pair(client.connection(), server.connection());
    UnaryOperator<byte[]> older =
        bytes -> {
          if (bytes.length > 10 && bytes[5] == 1) {
            bytes[10] = 2; // client_version 3.2
          }
          return bytes;
        };
    // Without supported_versions, client_version is what counts.
    pair.toServer =
        bytes -> older.apply(replacing("002b0003020303", "fafa0003020303").apply(bytes));
    pair.run();
    assertEquals(AlertDescription.PROTOCOL_VERSION, alertOf(pair.serverFailure));
  }

  @Test
  void aTls12ServerMayRepeatTheGroups() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient = MiddleTest::withGroupsInServerHello;
    pair.run();
    // The client went on; but now the two have different transcripts, and so different keys.
    assertEquals(AlertDescription.BAD_RECORD_MAC, alertOf(pair.serverFailure));
  }

  private static byte[] withGroupsInServerHello(byte[] bytes) {
    if (bytes.length < 100 || bytes[5] != 2) {
      return bytes;
    }
    byte[] groups = {0, 10, 0, 4, 0, 2, 0, 29};
    int extensions = 43 + 1 + bytes[43] + 3;
    byte[] longer = Arrays.copyOf(bytes, bytes.length + groups.length);
    System.arraycopy(groups, 0, longer, extensions + 2, groups.length);
    System.arraycopy(
        bytes,
        extensions + 2,
        longer,
        extensions + 2 + groups.length,
        bytes.length - extensions - 2);
    for (int length : new int[] {3, 7, extensions}) {
      ByteBuffer at = ByteBuffer.wrap(longer);
      at.putShort(length, (short) (at.getShort(length) + groups.length));
    }
    return longer;
  }

  @Test
  void aCutConnectionIsNotAClosedOne() throws TlsException {
    Pair pair = Pair.connect(client, server).connected();
    assertFalse(pair.client.isInboundClosed());
    TlsException cut = pair.client.truncated();
    assertNotNull(cut);
    assertTrue(pair.client.isInboundClosed());
  }

  @Test
  @Refuses("A7")
  void aFatalAlertEndsTheSessionOnBothSides() throws TlsException {
    for (boolean stateful : new boolean[] {false, true}) {
      TestServer storing = new TestServer(clock);
      storing.tickets = false;
      storing.versions = List.of(stateful ? ProtocolVersion.TLS13 : ProtocolVersion.TLS12);
      TestClient returning = new TestClient(clock);
      TamperingStore kept = new TamperingStore();
      returning.sessions = kept;
      Pair pair = Pair.connect(returning, storing).connected();
      // A record that no key opens.
      byte[] forged = new byte[5 + 40];
      System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, forged, 0, 5);
      pair.giveServer(forged);
      assertEquals(AlertDescription.BAD_RECORD_MAC, alertOf(pair.serverFailure));
      Pair again = Pair.connect(returning, storing).connected();
      assertInstanceOf(ResumptionOutcome.Full.class, again.outcome(), "stateful " + stateful);
    }
  }

  @Test
  void aCutConnectionLeavesItsSession() throws TlsException {
    Pair pair = Pair.connect(client, server).connected();
    assertNotNull(pair.server.truncated());
    assertNotNull(pair.client.truncated());
    assertFalse(pair.server.hasPendingOutput());
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
  }

  @Test
  void whatComesAfterCloseNotifyIsIgnored() throws TlsException {
    Pair pair = Pair.connect(client, server).connected();
    pair.client.closeOutbound();
    pair.run();
    byte[] late = new byte[5 + 40];
    System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, late, 0, 5);
    pair.giveServer(late);
    assertEquals(null, pair.serverFailure);
    pair.sendFromServer(new byte[] {1, 2});
    assertEquals(2, pair.clientReceived.size());
  }

  @Test
  void closeNotifyIsAnsweredInTls12AndNotInTls13() throws TlsException {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      server.versions = List.of(version);
      Pair pair = Pair.connect(client, server).connected();
      pair.client.closeOutbound();
      pair.run();
      assertTrue(pair.server.isInboundClosed());
      assertEquals(version == ProtocolVersion.TLS12, pair.server.isOutboundClosed());
      assertEquals(version == ProtocolVersion.TLS12, pair.client.isInboundClosed());
    }
  }

  @Test
  void eachSideUpdatesItsKeysAndTheOtherFollows() throws TlsException {
    Pair pair = Pair.connect(client, server).connected();
    byte[] data = {1, 2, 3};
    for (int i = 0; i < 5; i++) {
      pair.client.updateKeys();
      pair.run();
      pair.server.updateKeys();
      pair.run().sendFromClient(data).sendFromServer(data);
    }
    assertEquals(15, pair.serverReceived.size());
    assertEquals(15, pair.clientReceived.size());
  }

  private static AlertDescription alertOf(@org.jspecify.annotations.Nullable TlsException e) {
    return Objects.requireNonNull(e, "it did not fail").alert();
  }

  private static UnaryOperator<byte[]> replacing(String from, String to) {
    return bytes -> {
      String hex = HexFormat.of().formatHex(bytes);
      return HexFormat.of().parseHex(hex.replace(from, to));
    };
  }
}
