/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builders' option to ask the trust manager again when a session is resumed. */
final class RecheckTest {
  private final Fickle trust = new Fickle();

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void aServerAsksAgainAboutItsClient(String version) throws Exception {
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clientAuthentication(ClientAuthentication.NEED, trust)
            .recheckPeerOnResumption(true)
            .build();
    SSLContext client =
        Contexts.ourClient().keyManager(Contexts.keyManager(Contexts.CLIENT)).build();
    connect(client, server, version);
    assertResumed(connect(client, server, version));
    assertEquals(2, trust.asked);
    trust.refuses = true;
    EnginePair refused = Contexts.pair(client, server, version);
    assertThrows(SSLHandshakeException.class, () -> refused.handshake().settle());
    assertNotNull(Observed.failure(refused, Side.SERVER));
    assertEquals(3 + 1, trust.asked, "about the session, and then about the certificate shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void aClientAsksAgainAboutItsServer(String version) throws Exception {
    SSLContext server = Contexts.ourServer(Contexts.SERVER).build();
    SSLContext client = Reprise.client().trustManager(trust).recheckPeerOnResumption(true).build();
    connect(client, server, version);
    assertResumed(connect(client, server, version));
    assertEquals(2, trust.asked);
    trust.refuses = true;
    EnginePair refused = Contexts.pair(client, server, version);
    assertThrows(SSLHandshakeException.class, () -> refused.handshake().settle());
    assertTrue(Observed.message(refused, Side.CLIENT).contains("not trusted"));
  }

  private static EnginePair connect(SSLContext client, SSLContext server, String version)
      throws Exception {
    EnginePair pair = Contexts.pair(client, server, version).handshake();
    pair.close(Side.CLIENT);
    return pair;
  }

  private static void assertResumed(EnginePair pair) {
    ResumptionOutcome outcome = Reprise.outcome(pair.server().getSession());
    assertTrue(outcome instanceof ResumptionOutcome.Resumed, String.valueOf(outcome));
  }

  /** Trusts the test authority until it is told not to. */
  private static final class Fickle implements X509TrustManager {
    private final X509TrustManager usual = Contexts.trustManager();
    private boolean refuses;
    private int asked;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      asked++;
      usual.checkClientTrusted(chain, authType);
      refuseIfTold();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      asked++;
      usual.checkServerTrusted(chain, authType);
      refuseIfTold();
    }

    private void refuseIfTold() throws CertificateException {
      if (refuses) {
        throw new CertificateException("Trusted no longer");
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return usual.getAcceptedIssuers();
    }
  }
}
