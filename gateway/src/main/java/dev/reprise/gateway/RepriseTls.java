/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS by Reprise, with the gateway's settings. */
final class RepriseTls {
  private RepriseTls() {}

  static TlsTermination termination(GatewayConfig config, List<ServerIdentity> identities) {
    SSLContext context = context(config, identities);
    return new TlsTermination(() -> engine(context), RepriseTls::report);
  }

  private static SSLContext context(GatewayConfig config, List<ServerIdentity> identities) {
    InstantSource clock = InstantSource.system();
    ResumptionSettings settings = config.resumption();
    RepriseServer server =
        Reprise.server()
            .identities(identities.stream().map(RepriseTls::identity).toList())
            .protocols(config.protocols())
            .clock(clock)
            .policy(policy(settings))
            .handshakeDeadline(config.timeouts().handshake())
            .sessionStore(new MemorySessionStore(settings.storeBytes(), clock));
    authenticate(server, config.clientAuthentication());
    switch (settings.tickets()) {
      case SEALED -> server.tickets(keys(settings, clock));
      case STATEFUL -> server.tickets(keys(settings, clock)).statefulTickets(true);
      case NONE -> server.withoutTickets();
    }
    return server.build();
  }

  private static dev.reprise.jsse.ServerIdentity identity(ServerIdentity identity) {
    return new dev.reprise.jsse.ServerIdentity(identity.key(), identity.chain());
  }

  private static RotatingStekSource keys(ResumptionSettings settings, InstantSource clock) {
    return new RotatingStekSource(
        clock, new SecureRandom(), settings.rotateEvery(), settings.ticketLifetime());
  }

  /** A TLS 1.2 secret is used for two key periods at most: RFC 9325, Section 3.4. */
  private static ResumptionPolicy policy(ResumptionSettings settings) {
    ResumptionPolicy defaults = ResumptionPolicy.DEFAULT;
    Duration tls12 = least(settings.rotateEvery().multipliedBy(2), Duration.ofDays(7));
    return new ResumptionPolicy(
        settings.ticketLifetime(),
        most(defaults.authenticationLifetimeTls13(), settings.ticketLifetime()),
        tls12,
        defaults.ticketsPerFullHandshake(),
        defaults.ticketsPerResumedHandshake(),
        defaults.allowOtherServerNames(),
        defaults.name());
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration most(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void authenticate(RepriseServer server, ClientAuthentication authentication) {
    switch (authentication.mode()) {
      case NONE -> {}
      case WANT ->
          server.clientAuthentication(
              dev.reprise.engine.config.ClientAuthentication.WANT,
              trust(authentication.authorities()));
      case NEED ->
          server.clientAuthentication(
              dev.reprise.engine.config.ClientAuthentication.NEED,
              trust(authentication.authorities()));
    }
  }

  private static X509TrustManager trust(List<X509Certificate> authorities) {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      for (X509Certificate authority : authorities) {
        anchors.setCertificateEntry("authority" + anchors.size(), authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return x509;
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no working trust manager", e);
    }
    throw new IllegalStateException("this Java has no trust manager for X.509");
  }

  private static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  private static HandshakeReport report(SSLSession session) {
    String protocol = session.getProtocol();
    String suite = session.getCipherSuite();
    ResumptionOutcome outcome = Reprise.outcome(session);
    return switch (outcome) {
      case ResumptionOutcome.Resumed resumed ->
          HandshakeReport.resumed(
              protocol,
              suite,
              resumed.mechanism().wireName(),
              resumed.keyName(),
              resumed.age().toSeconds());
      case ResumptionOutcome.Full full ->
          HandshakeReport.full(protocol, suite, full.reason().name(), full.keyName());
      case ResumptionOutcome.Refused refused ->
          HandshakeReport.full(protocol, suite, refused.reason().name(), null);
      case null -> throw new IllegalStateException("not a session of Reprise");
    };
  }
}
