/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.gateway.FleetPlace;
import dev.reprise.gateway.ResumptionSettings;
import dev.reprise.gateway.SessionTickets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is remembered of sessions, where and for how long. */
final class ResumptionOptions {
  private static final String MEMORY = "memory";
  private static final String AUTO = "auto";
  private static final String SHARED = "shared";
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Option(
      names = "--store",
      paramLabel = "memory|URL",
      order = 30,
      description = {
        "Where sessions are kept that are not sealed into tickets: in this process, or in a Redis or"
            + " Valkey that all nodes of a fleet share (redis://HOST:PORT, rediss:// for TLS,"
            + " redis-sentinel://, redis-cluster://; a user and a password may stand before the"
            + " host). Default: memory."
      })
  private String store = MEMORY;

  @Option(
      names = "--store-bytes",
      paramLabel = "SIZE",
      order = 31,
      converter = Converters.Bytes.class,
      description = "How much memory the store of this process may take. Default: 64m.")
  private @Nullable Long storeBytes;

  @Option(
      names = "--ticket-keys",
      paramLabel = "auto|shared|FORMAT:FILE[,FILE]...",
      order = 32,
      description = {
        "Where the keys come from that seal tickets: made and renewed here (auto), agreed on by the"
            + " fleet (shared), or files in the format of nginx, haproxy, httpd or envoy, watched,"
            + " as in nginx:/etc/tickets/current,/etc/tickets/old. Nodes with the same files resume"
            + " each other's sessions. Default: shared with --store redis://, else auto."
      })
  private @Nullable String ticketKeys;

  @Option(
      names = "--rotate-every",
      paramLabel = "TIME",
      order = 33,
      converter = Converters.Time.class,
      description = {
        "How long one ticket key seals. Default: 6h.",
        "With key files: how often they are rotated; one that is not is warned of."
      })
  private Duration rotateEvery = ResumptionSettings.DEFAULT.rotateEvery();

  @Option(
      names = "--allow-insecure-permissions",
      order = 37,
      description =
          "Read files of ticket keys, tokens and fleet keys that every user of this machine may read or write.")
  private boolean allowInsecurePermissions;

  @Option(
      names = "--ticket-lifetime",
      paramLabel = "TIME",
      order = 34,
      converter = Converters.Time.class,
      description = "How long a ticket is honoured. Default: 6h.")
  private Duration ticketLifetime = ResumptionSettings.DEFAULT.ticketLifetime();

  @Option(
      names = "--stateful-tickets",
      order = 35,
      description = "TLS 1.3 tickets that name a session in the store and serve once.")
  private boolean statefulTickets;

  @Option(
      names = "--no-tickets",
      order = 36,
      description = "No sealed tickets: session IDs in TLS 1.2, stateful tickets in TLS 1.3.")
  private boolean noTickets;

  ResumptionSettings settings() throws UsageException {
    long bytes = storeBytes == null ? ResumptionSettings.DEFAULT.storeBytes() : storeBytes;
    if (bytes < ResumptionSettings.SMALLEST_STORE) {
      throw new UsageException(
          "--store-bytes " + bytes + " holds next to nothing; give it 64k at least");
    }
    refuseBelowSecond("--rotate-every", rotateEvery);
    refuseBelowSecond("--ticket-lifetime", ticketLifetime);
    if (ticketLifetime.compareTo(ResumptionSettings.LONGEST_TICKET_LIFETIME) > 0) {
      throw new UsageException("--ticket-lifetime is more than TLS allows; give it 7d at most");
    }
    if (rotateEvery.compareTo(ResumptionSettings.LONGEST_ROTATION) > 0) {
      throw new UsageException("--rotate-every is too long for one key; give it 7d at most");
    }
    if (ticketLifetime.dividedBy(rotateEvery) > ResumptionSettings.MOST_ROTATIONS_IN_A_LIFETIME) {
      throw new UsageException(
          "--rotate-every is less than a thousandth of --ticket-lifetime, which would keep"
              + " thousands of keys; rotate more rarely or let tickets live shorter");
    }
    return new ResumptionSettings(tickets(), bytes, rotateEvery, ticketLifetime);
  }

  boolean allowsInsecurePermissions() {
    return allowInsecurePermissions;
  }

  /** Whether sessions are kept where other nodes find them. */
  boolean isShared() {
    return !store.equals(MEMORY);
  }

  /** Whether ticket keys are not this process's own. */
  boolean hasForeignKeys() {
    return ticketKeys != null && !ticketKeys.equals(AUTO);
  }

  /**
   * The fleet that these flags make the gateway a node of, or null.
   *
   * @param label of this node, if it was given no name
   * @param flags which were given
   */
  @Nullable FleetPlace fleet(FleetOptions options, String label, Matched flags)
      throws UsageException {
    if (!isShared()) {
      refuseFleetFlags(flags);
      return null;
    }
    RedisAddress address = address();
    if (AUTO.equals(ticketKeys)) {
      throw new UsageException(
          "--ticket-keys auto does not go with --store "
              + address
              + ", since nodes could not read each other's sessions; write --ticket-keys shared, or"
              + " name files that all nodes have");
    }
    if (storeBytes != null) {
      throw new UsageException(
          "--store-bytes has no effect with --store "
              + address
              + ", whose memory is Redis's; leave it out, and bound Redis with its maxmemory");
    }
    return options.place(address, settings(), label, allowInsecurePermissions);
  }

  private void refuseFleetFlags(Matched flags) throws UsageException {
    String fleetFlag = flags.firstOf(List.of("--fleet-key", "--fleet-name", "--store-deadline"));
    if (SHARED.equals(ticketKeys)) {
      throw new UsageException(
          "--ticket-keys shared needs a Redis by which the nodes share them; add --store"
              + " redis://HOST:PORT and --fleet-key FILE");
    }
    if (fleetFlag != null) {
      throw new UsageException(
          fleetFlag
              + " has no effect with --store memory; name the fleet's Redis with --store"
              + " redis://HOST:PORT, or leave it out");
    }
  }

  /** A URL may hold a password: it is never said again. */
  private RedisAddress address() throws UsageException {
    try {
      return RedisAddress.parse(store);
    } catch (FleetException e) {
      throw new UsageException("--store " + e.sentence() + ", or write memory");
    }
  }

  /**
   * The files of ticket keys, or null if there are none.
   *
   * @param otherSecrets whether there are other files that permissions may be wrong of
   */
  @Nullable KeyFiles ticketKeyFiles(boolean otherSecrets) throws UsageException {
    if (ticketKeys == null || ticketKeys.equals(AUTO) || ticketKeys.equals(SHARED)) {
      if (allowInsecurePermissions && !otherSecrets) {
        throw new UsageException(
            "--allow-insecure-permissions has no effect without files of ticket keys, a token or a"
                + " fleet key; name them with --ticket-keys, --admin-token-file or --fleet-key");
      }
      return null;
    }
    if (noTickets && !isShared()) {
      throw new UsageException(
          "--ticket-keys has no effect with --no-tickets; leave one of them out");
    }
    try {
      return KeyFiles.parse(ticketKeys, allowInsecurePermissions);
    } catch (KeyFileException e) {
      throw new UsageException("--ticket-keys " + e.sentence());
    }
  }

  private static void refuseBelowSecond(String flag, Duration duration) throws UsageException {
    if (duration.compareTo(SHORTEST) < 0) {
      throw new UsageException(flag + " is too short; give it 1s at least");
    }
  }

  private SessionTickets tickets() {
    if (noTickets) {
      return SessionTickets.NONE;
    }
    return statefulTickets ? SessionTickets.STATEFUL : SessionTickets.SEALED;
  }
}
