/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.Fleet;
import dev.reprise.fleet.FleetEvent;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKeyFile;
import dev.reprise.jsse.RepriseServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that every node of the fleet finds, and ticket keys that the nodes agree on.
 *
 * @param files ticket keys that all nodes have from files instead; null: there are none
 */
record FleetMemory(Fleet fleet, ResumptionSettings given, @Nullable TicketKeys files)
    implements Memory {
  private static final Logger LOG = System.getLogger(Fleet.class.getName());

  /** Joins, or begins, the fleet of {@code place}. */
  static FleetMemory join(GatewayConfig config, FleetPlace place, InstantSource clock)
      throws ConfigurationException {
    FleetKeyFile key = key(place);
    TicketKeys files = config.ticketKeyFiles() == null ? null : TicketKeys.of(config, clock);
    Fleet fleet =
        Fleet.join(
            place.settings(),
            key,
            files == null ? null : files.source(),
            clock,
            new SecureRandom(),
            FleetMemory::log,
            Fleet.DEFAULT_PATIENCE);
    return new FleetMemory(fleet, config.resumption(), files);
  }

  private static FleetKeyFile key(FleetPlace place) throws ConfigurationException {
    try {
      return FleetKeyFile.read(place.keyFile(), place.allowInsecurePermissions());
    } catch (FleetException e) {
      throw new ConfigurationException("--fleet-key: " + e.sentence(), e);
    }
  }

  private static void log(FleetEvent event) {
    LOG.log(event.isTrouble() ? Level.WARNING : Level.INFO, "{0}.", event.sentence());
  }

  @Override
  public InstantSource clock() {
    return fleet.clock();
  }

  /** Those of the fleet's record, which may be others than this node was given. */
  @Override
  public ResumptionSettings settings() {
    return new ResumptionSettings(
        given.tickets(), given.storeBytes(), fleet.rotateEvery(), fleet.ticketLifetime());
  }

  @Override
  public void serve(RepriseServer server) {
    server.fleet(fleet);
  }

  @Override
  public void tidy() {
    fleet.ticketKeys().ring();
  }

  @Override
  public void close() {
    fleet.close();
    if (files != null) {
      files.close();
    }
  }
}
