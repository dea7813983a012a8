/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a side, chosen by the bits of an input's first byte. */
final class Setup {
  static final int ONLY_13 = 0x01;
  static final int ONLY_12 = 0x02;

  /** Both at once are neither, and a client sends no key share: it is to be asked for one. */
  static final int NO_SHARE = ONLY_13 | ONLY_12;

  /** Of a server: client certificates are wanted, needed. */
  static final int WANT = 0x04;

  static final int NEED = 0x08;

  /** Of a client: {@link OneClientSession.Kind} in the same two bits. */
  static final int SESSION_SHIFT = 2;

  /** Of a server: no tickets; of a client: a certificate to show. */
  static final int SPECIAL = 0x10;

  /** Of a server: tickets of TLS 1.3 are handles; of a client: several are asked for. */
  static final int TICKETS = 0x20;

  static final int PROTOCOLS = 0x40;
  static final int STRICT = 0x80;

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private Setup() {}

  static ServerConfig server(int bits, CryptoProvider crypto) {
    boolean strict = (bits & STRICT) != 0;
    return new ServerConfig(
        crypto,
        FakeClock.create(),
        versions(bits),
        Defaults.CIPHER_SUITES,
        true,
        Defaults.GROUPS,
        Defaults.SIGNATURE_SCHEMES,
        Certified.SERVER,
        clientAuthentication(bits),
        new TrustAll(),
        ApplicationProtocolSelector.inOrder(protocols(bits)),
        new ServerResumption(
            ResumptionPolicy.DEFAULT,
            new TwoSessions(),
            (bits & SPECIAL) != 0 ? null : new BareTickets(),
            (bits & TICKETS) != 0,
            ""),
        strict,
        strict,
        DEADLINE);
  }

  static ClientConfig client(int bits, CryptoProvider crypto) {
    OneClientSession.Kind kind = OneClientSession.KINDS.get((bits >> SESSION_SHIFT) & 3);
    return new ClientConfig(
        crypto,
        FakeClock.create(),
        versions(bits),
        Defaults.CIPHER_SUITES,
        Defaults.GROUPS,
        (bits & NO_SHARE) == NO_SHARE ? 0 : 1,
        Defaults.SIGNATURE_SCHEMES,
        (bits & SPECIAL) != 0 ? Certified.CLIENT : Identities.NONE,
        new TrustAll(),
        FuzzedSessions.SERVER_NAME,
        protocols(bits),
        ResumptionPolicy.DEFAULT,
        new OneClientSession(kind),
        new ClientSessionKey(FuzzedSessions.SERVER_NAME, 443, ""),
        (bits & TICKETS) != 0 ? new TicketRequest(4, 2) : null,
        (bits & STRICT) != 0,
        DEADLINE);
  }

  private static List<ProtocolVersion> versions(int bits) {
    return switch (bits & (ONLY_13 | ONLY_12)) {
      case ONLY_13 -> List.of(ProtocolVersion.TLS13);
      case ONLY_12 -> List.of(ProtocolVersion.TLS12);
      default -> Defaults.VERSIONS;
    };
  }

  private static ClientAuthentication clientAuthentication(int bits) {
    if ((bits & NEED) != 0) {
      return ClientAuthentication.NEED;
    }
    return (bits & WANT) != 0 ? ClientAuthentication.WANT : ClientAuthentication.NONE;
  }

  private static List<String> protocols(int bits) {
    return (bits & PROTOCOLS) != 0 ? List.of("h2", "http/1.1") : List.of();
  }

  private static final class Certified {
    static final Identities SERVER = always(TestCertificates.server(KeyKind.ECDSA_P256));
    static final Identities CLIENT = always(TestCertificates.client(KeyKind.ECDSA_P256));

    private static Identities always(TestIdentity certified) {
      try {
        Identity identity =
            Identity.of(certified.key(), certified.chain())
                .withScopeIdentity(Opaque.copyOf((byte) 1));
        return _ -> Pending.<@Nullable Identity>ready(identity);
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private record TrustAll() implements PeerTrust {
    @Override
    public void check(List<X509Certificate> chain, String authenticationType) {}

    @Override
    public List<Opaque> acceptedAuthorities() {
      return List.of();
    }

    @Override
    public List<Opaque> anchors() {
      return List.of(Opaque.copyOf((byte) 2));
    }
  }
}
