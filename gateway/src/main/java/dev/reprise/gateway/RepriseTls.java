/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.jsse.HandshakeEvent;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.RepriseSession;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** TLS by Reprise, with the gateway's settings. */
final class RepriseTls implements TlsTermination {
  /** 7 MB at most. */
  private static final int MOST_IN_GENERATION = 1 << 16;

  private final Memory memory;
  private final MadeHere madeHere;
  private final SSLContext context;

  /**
   * @param running what may change meanwhile
   * @param memory of sessions, which it closes
   * @param refusals hears the reason of each resumption that was refused
   */
  RepriseTls(
      GatewayConfig config, RunningSettings running, Memory memory, Consumer<String> refusals) {
    this.memory = memory;
    this.madeHere = new MadeHere(MOST_IN_GENERATION, memory.clock().millis());
    RepriseServer server =
        Reprise.server()
            .identities(running.identities())
            .revocations(running.revocations())
            .protocols(config.protocols())
            .handshakeDeadline(config.timeouts().handshake())
            .listener(event -> tellRefusal(event, refusals));
    memory.serve(server);
    if (config.clientCertificates().authentication() != ClientAuthentication.NONE) {
      server.clientAuthentication(
          config.clientCertificates().authentication(), running.authorities());
    }
    switch (config.resumption().tickets()) {
      case SEALED -> {}
      case STATEFUL -> server.statefulTickets(true);
      case NONE -> server.withoutTickets();
    }
    context = server.build();
  }

  @Override
  public SSLEngine newEngine() {
    return context.createSSLEngine();
  }

  @Override
  public HandshakeReport report(SSLSession session, Duration handshake) {
    if (!(session instanceof RepriseSession ours)) {
      throw new IllegalStateException("not a session of Reprise");
    }
    return switch (ours.resumptionOutcome()) {
      case ResumptionOutcome.Resumed resumed -> report(ours, resumed);
      case ResumptionOutcome.Full full -> report(ours, full);
      case ResumptionOutcome.Refused _ ->
          throw new IllegalStateException("a refused handshake is never complete");
    };
  }

  private HandshakeReport report(RepriseSession session, ResumptionOutcome.Resumed resumed) {
    String id = session.revocationId();
    return HandshakeReport.resumed(
        session.getProtocol(),
        session.getCipherSuite(),
        resumed.mechanism().wireName(),
        resumed.keyName(),
        resumed.age().toSeconds(),
        id,
        madeHere.origin(id, session.getCreationTime()));
  }

  private HandshakeReport report(RepriseSession session, ResumptionOutcome.Full full) {
    String id = session.revocationId();
    madeHere.add(id, memory.clock().millis());
    return HandshakeReport.full(
        session.getProtocol(), session.getCipherSuite(), full.reason().name(), full.keyName(), id);
  }

  @Override
  public void tidy() {
    memory.tidy();
  }

  @Override
  public void close() {
    memory.close();
  }

  static ResumptionPolicy policy(ResumptionSettings settings) {
    return ResumptionPolicy.DEFAULT.withTimes(settings.rotateEvery(), settings.ticketLifetime());
  }

  private static void tellRefusal(HandshakeEvent event, Consumer<String> refusals) {
    if (event.outcome() instanceof ResumptionOutcome.Refused refused) {
      refusals.accept(refused.reason().name());
    }
  }
}
