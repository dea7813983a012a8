/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cryptography that fails unchecked, at every place of a handshake one after the other. */
class FaultyCryptoTest {
  private static final int MOST_USES = 300;

  static Stream<Arguments> everything() {
    return Stream.of(Fault.values())
        .flatMap(fault ->
            Stream.of(Contexts.TLS13, Contexts.TLS12)
                .flatMap(version ->
                    Stream.of(Side.values()).map(side -> Arguments.of(fault, version, side))));
  }

  /** The JDK's primitives, of which none can be got any more after so many; each use gets one. */
  private static final class Failing extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger left;

    Failing(Provider other, Fault fault, AtomicInteger left) {
      super("Failing" + other.getName(), "1", "Fails after a while");
      this.left = left;
      for (Service each : other.getServices()) {
        putService(new FailingService(this, each, fault));
      }
    }
  }

  private static final class FailingService extends Provider.Service {
    private final Provider.Service other;
    private final Fault fault;

    FailingService(Provider provider, Provider.Service other, Fault fault) {
      super(
          provider,
          other.getType(),
          other.getAlgorithm(),
          other.getClassName(),
          List.of(),
          Map.of());
      this.other = other;
      this.fault = fault;
    }

    @Override
    public Object newInstance(Object parameter) throws java.security.NoSuchAlgorithmException {
      if (((Failing) getProvider()).left.getAndDecrement() <= 0) {
        throw fault.strike();
      }
      return other.newInstance(parameter);
    }

    @Override
    public boolean supportsParameter(Object parameter) {
      return true;
    }
  }

  private static JcaProviders failing(Fault fault, AtomicInteger left) {
    JcaProviders jdk = JcaProviders.jdk();
    return new JcaProviders(
        new Failing(jdk.digest(), fault, left),
        new Failing(jdk.hmac(), fault, left),
        new Failing(jdk.aesGcm(), fault, left),
        new Failing(jdk.chaCha20Poly1305(), fault, left),
        new Failing(jdk.x25519(), fault, left),
        new Failing(jdk.ellipticCurve(), fault, left),
        jdk.mlKem(),
        new Failing(jdk.ecdsa(), fault, left),
        new Failing(jdk.ed25519(), fault, left),
        new Failing(jdk.rsa(), fault, left));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void endsTheHandshakeWhereverItFails(Fault fault, String version, Side side) throws Exception {
    int failed = 0;
    for (int uses = 0; uses < MOST_USES; uses++) {
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      EnginePair pair = pair(version, side, failing(fault, left));
      Contexts.configure(
          pair.client(),
          parameters -> parameters.setNamedGroups(new String[] {"x25519", "secp256r1"}));
      left.set(uses);
      if (completes(pair, side)) {
        break;
      }
      failed++;
    }
    assertTrue(failed > 5 && failed < MOST_USES, "it failed at " + failed + " places");
  }

  private static EnginePair pair(String version, Side side, JcaProviders providers) {
    SSLContext client =
        side == Side.CLIENT
            ? Contexts.ourClient().cryptoProviders(providers).build()
            : Contexts.ourClient().build();
    SSLContext server =
        side == Side.SERVER
            ? Contexts.ourServer(Contexts.SERVER).cryptoProviders(providers).build()
            : Contexts.ourServer(Contexts.SERVER).build();
    return Contexts.pair(client, server, version);
  }

  /** Or fails as it should: nothing but SSLExceptions, and no side is left waiting. */
  private static boolean completes(EnginePair pair, Side side) {
    try {
      pair.handshake();
      return true;
    } catch (SSLException failure) {
      assertTrue(pair.client().isOutboundDone(), failure::toString);
      // A client that cannot even begin has nobody to tell.
      if (pair.bytesFrom(Side.CLIENT) > 0) {
        assertTrue(pair.server().isOutboundDone(), failure::toString);
        SSLException _ = Observed.failure(pair, side);
        SSLException _ = Observed.failure(pair, side.other());
      }
      return false;
    }
  }
}
