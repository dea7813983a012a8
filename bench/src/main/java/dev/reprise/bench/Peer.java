/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.Mechanism;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;

/** Whose engines are measured. */
public enum Peer {
  /** With the crypto providers that it finds on the class path: the fast ones. */
  REPRISE {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      JcaProviders fastest = ProviderChoice.fastest(new SecureRandom()).providers();
      return RepriseContexts.of(conditions, trust, fastest);
    }
  },

  REPRISE_JDK {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      return RepriseContexts.of(conditions, trust, JcaProviders.jdk());
    }
  },

  SUNJSSE {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      return SunJsseContexts.of(conditions, trust);
    }
  },

  /** With Amazon's provider before all others, which stays so in the JVM. */
  SUNJSSE_CORRETTO {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      SunJsseContexts.putCorrettoFirst();
      return SunJsseContexts.of(conditions, trust);
    }
  },

  BCJSSE {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      return BouncyCastleContexts.of(conditions, trust);
    }

    @Override
    boolean has(Scenario scenario) {
      return !scenario.isResumed() || scenario.mechanism() == Mechanism.SESSION_ID;
    }
  },

  CONSCRYPT {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      return ConscryptContexts.of(conditions, trust);
    }

    // Each engine holds two file descriptors until the collector finds it.
    @Override
    List<String> jvmArguments() {
      return List.of("-Xmn24m");
    }

    @Override
    boolean has(Scenario scenario) {
      return scenario.mechanism() != Mechanism.STATEFUL_TICKET;
    }
  },

  NETTY {
    @Override
    Contexts contexts(Conditions conditions, X509TrustManager trust) {
      return NettyContexts.of(conditions, trust);
    }

    @Override
    boolean has(Scenario scenario) {
      return scenario.mechanism() != Mechanism.STATEFUL_TICKET;
    }
  };

  /**
   * New contexts that remember nothing yet.
   *
   * @param trust the client's
   */
  abstract Contexts contexts(Conditions conditions, X509TrustManager trust);

  /** What its JVM is given beside what all are. */
  List<String> jvmArguments() {
    return List.of();
  }

  /** Whether it can do so. */
  boolean has(Scenario scenario) {
    return true;
  }

  /** Whether it can exchange keys in it. */
  boolean has(Group group) {
    return group != Group.X25519MLKEM768 || isReprise() || this == NETTY;
  }

  /** One of ours. */
  boolean isReprise() {
    return this == REPRISE || this == REPRISE_JDK;
  }

  /** As tables and the command line have it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
