/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.jsse.ServerIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link Gateway} needs to know; {@link #builder} starts from the defaults.
 *
 * @param listen where TLS clients come in
 * @param admin where health and metrics are served, and what is revoked
 * @param adminSettings who may reach that, and change something there
 * @param backend who gets the clients' bytes; null for the built-in backend
 * @param identities what the gateway proves to be, chosen by server name, the first by default;
 *     empty for a development certificate
 * @param certificateFiles where the identities and the clients' authorities come from, to be
 *     followed; null: they stay what they are
 * @param protocols {@code TLSv1.3}, {@code TLSv1.2} or both
 * @param provider whose TLS it speaks
 * @param ticketKeyFiles where the keys of tickets come from; null for keys of the gateway's own, or
 *     of its fleet
 * @param fleet that it is a node of; null: of none
 * @param node what it calls itself; null: by the address that a client reaches
 */
public record GatewayConfig(
    HostPort listen,
    HostPort admin,
    AdminSettings adminSettings,
    @Nullable HostPort backend,
    List<ServerIdentity> identities,
    @Nullable CertificateFiles certificateFiles,
    ClientCertificates clientCertificates,
    List<String> protocols,
    ResumptionSettings resumption,
    TlsProvider provider,
    @Nullable KeyFiles ticketKeyFiles,
    @Nullable FleetPlace fleet,
    @Nullable String node,
    Timeouts timeouts) {
  /** What is spoken, newest first. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  public GatewayConfig {
    identities = List.copyOf(identities);
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
      throw new IllegalArgumentException("protocols " + protocols);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Every setting with its default; not for use by several threads. */
  public static final class Builder {
    private HostPort listen = new HostPort("127.0.0.1", 8443);
    private HostPort admin = new HostPort("127.0.0.1", 9443);
    private @Nullable HostPort backend;
    private AdminSettings adminSettings = AdminSettings.DEFAULT;
    private List<ServerIdentity> identities = List.of();
    private @Nullable CertificateFiles certificateFiles;
    private ClientCertificates clientCertificates = ClientCertificates.NONE;
    private List<String> protocols = PROTOCOLS;
    private ResumptionSettings resumption = ResumptionSettings.DEFAULT;
    private TlsProvider provider = TlsProvider.REPRISE;
    private @Nullable KeyFiles ticketKeyFiles;
    private @Nullable FleetPlace fleet;
    private @Nullable String node;
    private Timeouts timeouts = Timeouts.DEFAULT;

    private Builder() {}

    /** 127.0.0.1:8443. */
    public Builder listen(HostPort address) {
      listen = address;
      return this;
    }

    /** 127.0.0.1:9443. */
    public Builder admin(HostPort address) {
      admin = address;
      return this;
    }

    /** This machine alone, and nothing may be changed. */
    public Builder adminSettings(AdminSettings settings) {
      adminSettings = settings;
      return this;
    }

    /** The built-in backend. */
    public Builder backend(@Nullable HostPort address) {
      backend = address;
      return this;
    }

    /** A development certificate. */
    public Builder identities(List<ServerIdentity> list) {
      identities = list;
      return this;
    }

    /** None are followed. They should hold what {@link #identities} were made of. */
    public Builder certificateFiles(@Nullable CertificateFiles files) {
      certificateFiles = files;
      return this;
    }

    /** Clients are not asked. */
    public Builder clientCertificates(ClientCertificates certificates) {
      clientCertificates = certificates;
      return this;
    }

    /** Both. */
    public Builder protocols(List<String> names) {
      protocols = names;
      return this;
    }

    /** Sealed tickets, 64 MiB of store, a new key every six hours, tickets that live as long. */
    public Builder resumption(ResumptionSettings settings) {
      resumption = settings;
      return this;
    }

    /** Reprise's. */
    public Builder provider(TlsProvider whose) {
      provider = whose;
      return this;
    }

    /** Keys of the gateway's own. */
    public Builder ticketKeyFiles(@Nullable KeyFiles files) {
      ticketKeyFiles = files;
      return this;
    }

    /** None: sessions stay in this process. */
    public Builder fleet(@Nullable FleetPlace place) {
      fleet = place;
      return this;
    }

    /** The address that a client reaches. */
    public Builder node(@Nullable String name) {
      node = name;
      return this;
    }

    /** 10 s to shake hands, 5 s to connect, 5 min idle, 10 s to drain. */
    public Builder timeouts(Timeouts waits) {
      timeouts = waits;
      return this;
    }

    public GatewayConfig build() {
      return new GatewayConfig(
          listen,
          admin,
          adminSettings,
          backend,
          identities,
          certificateFiles,
          clientCertificates,
          protocols,
          resumption,
          provider,
          ticketKeyFiles,
          fleet,
          node,
          timeouts);
    }
  }
}
