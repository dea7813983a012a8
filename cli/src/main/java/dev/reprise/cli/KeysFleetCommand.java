/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.keyfiles.KeyFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reprise keys fleet}: the key by which the nodes of a fleet know each other. */
@Command(
    name = "fleet",
    customSynopsis = "reprise keys fleet --out FILE [FLAG]",
    description = {
      "Makes a fleet key, or replaces one without a stop.",
      "",
      "Every node has a copy of the file. Nodes write with the key on the first line and read with"
          + " either. So a key is replaced in three steps, each of them brought to all nodes before"
          + " the next one: --add, --switch, --drop. After a theft do --add and --switch at once, and"
          + " then `reprise keys rotate --now` with that file.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example: reprise keys fleet --out fleet.key",
      "Then:    reprise serve --store redis://10.0.0.5:6379 --fleet-key fleet.key"
    })
final class KeysFleetCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      order = 10,
      required = true,
      description = "The file. Without a further flag it is made, with one new key.")
  private Path file = Path.of("");

  @Option(
      names = "--add",
      order = 11,
      description = "Put a new key on a second line of the file that is there.")
  private boolean add;

  @Option(names = "--switch", order = 12, description = "Exchange the two lines.")
  private boolean exchange;

  @Option(names = "--drop", order = 13, description = "Take the second line out.")
  private boolean drop;

  @Option(
      names = "--force",
      order = 14,
      description = "Make a new file in the place of one that exists.")
  private boolean force;

  @Option(
      names = "--allow-insecure-permissions",
      order = 15,
      description = "Read a file that every user of this machine may read or write.")
  private boolean allowInsecurePermissions;

  @Override
  public Integer call() throws UsageException, KeyFileException, IOException {
    FleetKeyLines.Change change = change();
    try {
      new FleetKeyLines(file, allowInsecurePermissions).apply(change, new SecureRandom(), force);
      return ExitCode.FINE;
    } catch (FleetException e) {
      throw new UsageException(e.sentence());
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException(
          "Cannot write "
              + file
              + " ("
              + reason(e)
              + "); check that the directory is there and may be written to",
          e);
    }
  }

  private FleetKeyLines.Change change() throws UsageException {
    int changes = (add ? 1 : 0) + (exchange ? 1 : 0) + (drop ? 1 : 0);
    if (changes > 1) {
      throw new UsageException(
          "--add, --switch and --drop are three steps; bring each to all nodes before the next");
    }
    if (changes == 1 && force) {
      throw new UsageException("--force has no effect on a file that is changed; leave it out");
    }
    if (changes == 0) {
      return FleetKeyLines.Change.MAKE;
    }
    return add
        ? FleetKeyLines.Change.ADD
        : exchange ? FleetKeyLines.Change.SWITCH : FleetKeyLines.Change.DROP;
  }

  private static String reason(java.nio.file.FileSystemException failure) {
    @Nullable String reason = failure.getReason();
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }
}
