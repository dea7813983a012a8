/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.ApplicationProtocolSelector;
import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes an engine's configuration of what the flags say. */
final class Configurations {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** What the runner of 2024 knows; it has never heard of X25519MLKEM768. */
  private static final List<NamedGroup> GROUPS =
      List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);

  private static final ResumptionPolicy WITHOUT_TICKETS =
      new ResumptionPolicy(
          ResumptionPolicy.DEFAULT.ticketLifetime(),
          ResumptionPolicy.DEFAULT.authenticationLifetimeTls13(),
          ResumptionPolicy.DEFAULT.authenticationLifetimeTls12(),
          0,
          0,
          false,
          "without tickets");

  private final Settings settings;
  private final Memory memory;
  private final CryptoProvider crypto;
  private final OwnIdentity identity;
  private final RunnerTrust trust;

  Configurations(Settings settings, Memory memory, CryptoProvider crypto, OwnIdentity identity) {
    this.settings = settings;
    this.memory = memory;
    this.crypto = crypto;
    this.identity = identity;
    this.trust = new RunnerTrust(settings);
  }

  ServerConfig server() {
    return new ServerConfig(
        crypto,
        memory,
        versions(),
        cipherSuites(),
        settings.serverPreference || settings.cipher != null,
        groups(),
        schemes(),
        identity,
        clientAuthentication(),
        trust,
        protocolSelector(),
        new ServerResumption(
            settings.noTicket ? WITHOUT_TICKETS : ResumptionPolicy.DEFAULT,
            memory.sessions,
            settings.noTicket ? null : ticketFormat(),
            false,
            ""),
        false,
        settings.reverifyOnResume,
        DEADLINE);
  }

  ClientConfig client() {
    return new ClientConfig(
        crypto,
        memory,
        versions(),
        cipherSuites(),
        groups(),
        1,
        schemes(),
        identity,
        trust,
        settings.hostName,
        Protocols.parse(settings.advertiseAlpn),
        ResumptionPolicy.DEFAULT,
        memory,
        Memory.KEY,
        null,
        settings.reverifyOnResume,
        DEADLINE);
  }

  private TicketFormat ticketFormat() {
    return settings.ticketKey == null ? memory.sealer : new RewritableTickets(settings.ticketKey);
  }

  private List<ProtocolVersion> versions() {
    List<ProtocolVersion> versions = new ArrayList<>();
    for (ProtocolVersion version : Defaults.VERSIONS) {
      boolean off =
          switch (version) {
            case TLS12 -> settings.noTls12;
            case TLS13 -> settings.noTls13;
          };
      if (!off && version.code() >= settings.minVersion && version.code() <= settings.maxVersion) {
        versions.add(version);
      }
    }
    if (settings.maxVersion < ProtocolVersion.TLS12.code()) {
      throw new UnimplementedException("There is no version before TLS 1.2");
    }
    return versions;
  }

  private List<CipherSuite> cipherSuites() {
    return settings.policy == null ? CipherSuites.of(settings.cipher) : settings.policy.suites();
  }

  private List<NamedGroup> groups() {
    if (settings.policy != null) {
      return settings.policy.groups();
    }
    return settings.curves.isEmpty() ? GROUPS : settings.curves;
  }

  /** One list for both directions; {@link OwnIdentity} narrows it down for our own signatures. */
  private List<SignatureScheme> schemes() {
    if (settings.policy != null) {
      return settings.policy.schemes();
    }
    Set<SignatureScheme> schemes = new LinkedHashSet<>(settings.verifyPrefs);
    if (!settings.verifyPrefs.isEmpty() && settings.server) {
      schemes.addAll(identity.schemes());
    }
    if (settings.verifyPrefs.isEmpty()) {
      schemes.addAll(settings.signingPrefs);
      schemes.addAll(Defaults.SIGNATURE_SCHEMES);
    }
    return List.copyOf(schemes);
  }

  private ClientAuthentication clientAuthentication() {
    if (settings.requireAnyClientCertificate) {
      return ClientAuthentication.NEED;
    }
    return settings.verifyPeer ? ClientAuthentication.WANT : ClientAuthentication.NONE;
  }

  private ApplicationProtocolSelector protocolSelector() {
    String selected = settings.selectAlpn;
    if (selected == null && !settings.rejectAlpn) {
      return ApplicationProtocolSelector.NONE;
    }
    return offered -> {
      if (settings.rejectAlpn) {
        throw TlsException.incompatible(
            AlertDescription.NO_APPLICATION_PROTOCOL, "The flags reject every protocol");
      }
      if (settings.expectAdvertisedAlpn != null
          && !Protocols.parse(settings.expectAdvertisedAlpn).equals(offered)) {
        throw TlsException.internal("Other protocols were expected than " + offered, null);
      }
      return selected;
    };
  }
}
