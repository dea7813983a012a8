/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the session of a connection tells. */
class SessionTest {
  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Case> bothOurs() {
    return cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  private static ExtendedSSLSession session(EnginePair pair, Side side) {
    return (ExtendedSSLSession) (side == Side.CLIENT ? pair.client() : pair.server()).getSession();
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void isTheSameObjectEachTime(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    for (Side side : Side.values()) {
      SSLSession session = session(pair, side);
      assertSame(session, session(pair, side));
      assertArrayEquals(session.getId(), session.getId());
      assertEquals(32, session.getId().length);
      assertTrue(session.isValid());
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void hasAnIdOfItsOwnWhereTheProtocolHasNone(Case each) throws Exception {
    EnginePair first = each.pair().handshake();
    EnginePair second = each.pair().handshake();
    assertFalse(
        Arrays.equals(session(first, Side.SERVER).getId(), session(second, Side.SERVER).getId()));
  }

  @Test
  void hasTheProtocolsId() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS12);
    EnginePair pair =
        each.pair(each.client(), Contexts.ourServer(Contexts.SERVER).withoutTickets().build())
            .handshake();
    assertArrayEquals(session(pair, Side.CLIENT).getId(), session(pair, Side.SERVER).getId());
  }

  @Test
  void hasOneIdAtBothEndsThoughATicketHasNone() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS12);
    SSLContext client = each.client();
    SSLContext server = Contexts.ourServer(Contexts.SERVER).build();
    EnginePair full = each.pair(client, server).handshake();
    EnginePair resumed = each.pair(client, server).handshake();
    RepriseSession atServer = (RepriseSession) session(resumed, Side.SERVER);
    assertInstanceOf(ResumptionOutcome.Resumed.class, atServer.resumptionOutcome());
    byte[] id = session(full, Side.SERVER).getId();
    assertArrayEquals(id, session(full, Side.CLIENT).getId());
    assertArrayEquals(id, session(resumed, Side.SERVER).getId());
    assertArrayEquals(id, session(resumed, Side.CLIENT).getId());
    EnginePair other = each.pair(each.client(), server).handshake();
    assertFalse(Arrays.equals(id, session(other, Side.SERVER).getId()));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void knowsItsPeer(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    SSLSession client = session(pair, Side.CLIENT);
    assertEquals(Contexts.HOST, client.getPeerHost());
    assertEquals(443, client.getPeerPort());
    assertEquals(Contexts.SERVER.chain(), List.of(client.getPeerCertificates()));
    assertEquals(
        Contexts.SERVER.certificate().getSubjectX500Principal(), client.getPeerPrincipal());
    assertNull(client.getLocalCertificates());
    assertNull(client.getLocalPrincipal());
    SSLSession server = session(pair, Side.SERVER);
    assertEquals(Contexts.SERVER.chain(), List.of(server.getLocalCertificates()));
    assertEquals(
        Contexts.SERVER.certificate().getSubjectX500Principal(), server.getLocalPrincipal());
    assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
    assertThrows(SSLPeerUnverifiedException.class, server::getPeerPrincipal);
    assertNull(server.getPeerHost());
    assertEquals(-1, server.getPeerPort());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void knowsWholeChains(Case each) throws Exception {
    TestIdentity longer =
        TestCertificates.authority()
            .intermediate("intermediate", KeyKind.ECDSA_P256)
            .issue(LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST));
    EnginePair pair =
        each.pair(
                each.client(),
                each.ends().ourServer ? Contexts.provided(longer) : Contexts.sun(longer))
            .handshake();
    assertEquals(2, longer.chain().size());
    assertEquals(longer.chain(), List.of(session(pair, Side.CLIENT).getPeerCertificates()));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void knowsSignatureAlgorithms(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    List<String> all = List.of("SHA256withECDSA", "Ed25519", "RSASSA-PSS", "SHA256withRSA");
    ExtendedSSLSession server = session(pair, Side.SERVER);
    assertTrue(List.of(server.getPeerSupportedSignatureAlgorithms()).containsAll(all));
    assertTrue(List.of(server.getLocalSupportedSignatureAlgorithms()).containsAll(all));
    assertEquals(List.of(), server.getStatusResponses());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exportsTheSameKeyingMaterialOnBothSides(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    byte[] context = "context".getBytes(StandardCharsets.US_ASCII);
    for (byte[] each2 : new byte[][] {context, {}}) {
      byte[] client =
          session(pair, Side.CLIENT).exportKeyingMaterialData("EXPERIMENTAL test", each2, 64);
      byte[] server =
          session(pair, Side.SERVER).exportKeyingMaterialData("EXPERIMENTAL test", each2, 64);
      assertEquals(64, client.length);
      assertArrayEquals(client, server);
    }
    assertArrayEquals(
        session(pair, Side.CLIENT)
            .exportKeyingMaterialKey("AES", "EXPERIMENTAL key", context, 32)
            .getEncoded(),
        session(pair, Side.SERVER)
            .exportKeyingMaterialKey("AES", "EXPERIMENTAL key", context, 32)
            .getEncoded());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void exportsNothingBeforeTheEnd(Case each) {
    ExtendedSSLSession session = session(each.pair(), Side.CLIENT);
    byte[] none = {};
    assertThrows(
        IllegalStateException.class,
        () -> session.exportKeyingMaterialData("EXPERIMENTAL test", none, 32));
    assertThrows(
        IllegalStateException.class,
        () -> session.exportKeyingMaterialKey("AES", "EXPERIMENTAL test", none, 32));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void keepsValuesAndTellsThemSo(Case each) throws Exception {
    SSLSession session = session(each.pair().handshake(), Side.CLIENT);
    Bound first = new Bound();
    Bound second = new Bound();
    session.putValue("name", first);
    assertSame(first, session.getValue("name"));
    session.putValue("name", second);
    session.putValue("other", "text");
    assertEquals(List.of("bound name", "unbound name"), first.events);
    String[] names = session.getValueNames();
    Arrays.sort(names);
    assertArrayEquals(new String[] {"name", "other"}, names);
    session.removeValue("name");
    assertEquals(List.of("bound name", "unbound name"), second.events);
    assertNull(session.getValue("name"));
    assertThrows(IllegalArgumentException.class, () -> session.putValue("name", nothing()));
    assertThrows(IllegalArgumentException.class, () -> session.getValue(nothing()));
    assertThrows(IllegalArgumentException.class, () -> session.removeValue(nothing()));
  }

  private static final class Bound implements SSLSessionBindingListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void valueBound(SSLSessionBindingEvent event) {
      events.add("bound " + event.getName());
    }

    @Override
    public void valueUnbound(SSLSessionBindingEvent event) {
      events.add("unbound " + event.getName());
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void belongsToItsContext(Case each) throws Exception {
    javax.net.ssl.SSLContext client = each.client();
    javax.net.ssl.SSLContext server = each.server();
    EnginePair pair = each.pair(client, server).handshake();
    assertSame(client.getClientSessionContext(), session(pair, Side.CLIENT).getSessionContext());
    assertSame(server.getServerSessionContext(), session(pair, Side.SERVER).getSessionContext());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void saysInTextHowItCameAbout(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    String text = session(pair, Side.SERVER).toString();
    assertTrue(text.contains(each.version()), text);
    assertTrue(text.contains("NOT_OFFERED"), text);
    assertNotEquals(text, pair.client().toString());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
