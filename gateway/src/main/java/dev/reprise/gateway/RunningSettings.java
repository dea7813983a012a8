/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.Revocations;
import dev.reprise.jsse.ServerIdentities;
import dev.reprise.jsse.ServerIdentity;
import java.time.InstantSource;
import java.util.List;

/** What may change while a gateway runs; every handshake that begins asks for it. */
record RunningSettings(
    ServerIdentities identities, ClientAuthorities authorities, Revocations revocations) {
  /**
   * As they are at the start.
   *
   * @param identities at least one
   * @param resumption the times of keys and tickets
   */
  static RunningSettings of(
      GatewayConfig config,
      List<ServerIdentity> identities,
      ResumptionSettings resumption,
      InstantSource clock) {
    return new RunningSettings(
        new ServerIdentities(identities, clock),
        new ClientAuthorities(config.clientCertificates().authorities()),
        config.fleet() == null ? revocations(resumption, clock) : fleetRevocations(clock));
  }

  // Its times may be known only later, while Redis is away, and other nodes' entries must last too.
  private static Revocations fleetRevocations(InstantSource clock) {
    return new Revocations(Revocations.LONGEST_SPAN, clock);
  }

  static Revocations revocations(ResumptionSettings resumption, InstantSource clock) {
    return new Revocations(RepriseTls.policy(resumption).longestSession(), clock);
  }
}
