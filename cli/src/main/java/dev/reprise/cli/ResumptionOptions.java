/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.gateway.ResumptionSettings;
import dev.reprise.gateway.SessionTickets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is remembered of sessions, where and for how long. */
final class ResumptionOptions {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Option(
      names = "--store",
      paramLabel = "memory",
      order = 30,
      description = "Where sessions are kept that are not sealed into tickets. Default: memory.")
  private String store = "memory";

  @Option(
      names = "--store-bytes",
      paramLabel = "SIZE",
      order = 31,
      converter = Converters.Bytes.class,
      description = "How much memory the store may take. Default: 64m.")
  private long storeBytes = ResumptionSettings.DEFAULT.storeBytes();

  @Option(
      names = "--ticket-keys",
      paramLabel = "auto|FORMAT:FILE[,FILE]...",
      order = 32,
      description = {
        "Where the keys come from that seal tickets: made and renewed here, or files in the format"
            + " of nginx, haproxy, httpd or envoy, watched, as in nginx:/etc/tickets/current,"
            + "/etc/tickets/old. Nodes with the same files resume each other's sessions. Default:"
            + " auto."
      })
  private String ticketKeys = "auto";

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
          "Read files of ticket keys and tokens that every user of this machine may read or write.")
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
    refuseUnknownPlaces();
    if (storeBytes < ResumptionSettings.SMALLEST_STORE) {
      throw new UsageException(
          "--store-bytes " + storeBytes + " holds next to nothing; give it 64k at least");
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
    return new ResumptionSettings(tickets(), storeBytes, rotateEvery, ticketLifetime);
  }

  boolean allowsInsecurePermissions() {
    return allowInsecurePermissions;
  }

  /**
   * The files of ticket keys, or null if there are none.
   *
   * @param otherSecrets whether there are other files that permissions may be wrong of
   */
  @Nullable KeyFiles ticketKeyFiles(boolean otherSecrets) throws UsageException {
    if (ticketKeys.equals("auto")) {
      if (allowInsecurePermissions && !otherSecrets) {
        throw new UsageException(
            "--allow-insecure-permissions has no effect without files of ticket keys or a token;"
                + " name them with --ticket-keys or --admin-token-file");
      }
      return null;
    }
    if (noTickets) {
      throw new UsageException(
          "--ticket-keys has no effect with --no-tickets; leave one of them out");
    }
    try {
      return KeyFiles.parse(ticketKeys, allowInsecurePermissions);
    } catch (KeyFileException e) {
      throw new UsageException("--ticket-keys " + e.sentence());
    }
  }

  private void refuseUnknownPlaces() throws UsageException {
    if (!store.equals("memory")) {
      throw new UsageException(
          "--store "
              + store
              + " is not there; sessions are kept in memory for now, so write"
              + " --store memory or leave it out");
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
