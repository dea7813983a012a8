/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.TicketSealer;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Contexts that are initialized as JSSE does it, with the defaults that the JDK's provider has. */
final class JsseContexts {
  private JsseContexts() {}

  static ContextConfig config(
      EngineParameters defaults,
      KeyManager @Nullable [] keyManagers,
      TrustManager @Nullable [] trustManagers,
      @Nullable SecureRandom random)
      throws KeyManagementException {
    SecureRandom randomness = random == null ? new SecureRandom() : random;
    InstantSource clock = InstantSource.system();
    CryptoProvider crypto =
        JcaCryptoProvider.create(randomness, ProviderChoice.fastest(randomness).providers());
    return new ContextConfig(
        ContextConfig.Use.EITHER,
        crypto,
        clock,
        defaults,
        identities(keyManagers),
        trust(trustManagers),
        serverSessions(clock, randomness),
        new ClientSessions(ResumptionPolicy.DEFAULT, null, clock, null),
        HandshakeListener.NONE,
        ContextConfig.HANDSHAKE_DEADLINE,
        false);
  }

  /** With the keys and the trust of the system's properties. */
  static ContextConfig ofSystem(EngineParameters defaults) throws KeyManagementException {
    return config(defaults, DefaultKeyManagers.load(), null, null);
  }

  private static ServerSessions serverSessions(InstantSource clock, SecureRandom random) {
    Revocations revocations = new Revocations(ResumptionPolicy.DEFAULT.longestSession(), clock);
    ServerResumption resumption =
        new ServerResumption(
            ResumptionPolicy.DEFAULT,
            new MemorySessionStore(
                SessionContext.bytes(SessionContext.DEFAULT_SERVER_SESSIONS), clock, random),
            new TicketSealer(StekSources.rotating(clock, random), random, clock),
            false,
            "",
            revocations.register());
    return ServerSessions.lookedAfter(
        new ServerSessions(resumption, true, revocations, clock, random));
  }

  /** The first that fits, as {@link javax.net.ssl.SSLContext#init} says; none if there is none. */
  static IdentitySource identities(KeyManager @Nullable [] managers) {
    for (KeyManager manager : managers == null ? new KeyManager[0] : managers) {
      if (manager instanceof X509KeyManager x509) {
        return new KeyManagerIdentities(x509);
      }
    }
    return IdentitySource.NONE;
  }

  private static Trust trust(TrustManager @Nullable [] given) throws KeyManagementException {
    for (TrustManager manager : given == null ? defaultTrustManagers() : given) {
      if (manager instanceof X509TrustManager x509) {
        return new Trust(x509);
      }
    }
    return Trust.nobody();
  }

  static TrustManager[] defaultTrustManagers() throws KeyManagementException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    } catch (NoSuchAlgorithmException | KeyStoreException e) {
      throw new KeyManagementException("The default trust managers cannot be made", e);
    }
  }
}
