/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session is offered only by a context and an engine that would trust as the first one did. */
final class SharedClientStoreTest {
  private static final ResumptionOutcome NOT_OFFERED =
      new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null);

  private final MemoryClientSessionStore store =
      new MemoryClientSessionStore(InstantSource.system());
  private final SSLContext server = Contexts.ourServer(Contexts.SERVER).build();

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void contextsThatShareAStoreDoNotShareTrust(String version) throws Exception {
    SSLContext one = Contexts.ourClient().sessionStore(store).build();
    SSLContext other = Contexts.ourClient().sessionStore(store).build();
    connect(Contexts.pair(one, server, version));
    assertEquals(NOT_OFFERED, connect(Contexts.pair(other, server, version)));
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect(Contexts.pair(one, server, version)));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void anEngineWithConstraintsOffersNothing(String version) throws Exception {
    SSLContext client = Contexts.ourClient().sessionStore(store).build();
    connect(Contexts.pair(client, server, version));
    EnginePair strict = Contexts.pair(client, server, version);
    SSLParameters parameters = strict.client().getSSLParameters();
    parameters.setAlgorithmConstraints(new Lenient());
    strict.client().setSSLParameters(parameters);
    assertEquals(NOT_OFFERED, connect(strict));
  }

  private static @Nullable ResumptionOutcome connect(EnginePair pair) throws Exception {
    pair.handshake().settle();
    ResumptionOutcome outcome = Reprise.outcome(pair.server().getSession());
    pair.close(Side.CLIENT);
    return outcome;
  }

  /** Forbids nothing, which nobody can tell from outside. */
  private static final class Lenient implements AlgorithmConstraints {
    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        @Nullable AlgorithmParameters parameters) {
      return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
      return true;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        Key key,
        @Nullable AlgorithmParameters parameters) {
      return true;
    }
  }
}
