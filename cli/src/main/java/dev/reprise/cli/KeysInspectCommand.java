/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.FileKey;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reprise keys inspect}: what is in key files, and nothing secret of it. */
@Command(
    name = "inspect",
    description = {
      "Shows which keys are in files, which of them seals, and whether they are good.",
      "",
      "A line for each key: where it is, what it is for, its name in logs and metrics of Reprise,"
          + " its name in the file, its bytes, and the verdict. Secrets are not shown.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", "Exit codes: 0 all is good, 2 `reprise serve` would not take the files."})
final class KeysInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      order = 10,
      required = true,
      converter = Converters.KeyFormat.class,
      description = "nginx, haproxy, httpd or envoy.")
  private KeyFileFormat format = KeyFileFormat.NGINX;

  @Option(
      names = "--allow-insecure-permissions",
      order = 11,
      description = "Read files that every user of this machine may read or write.")
  private boolean allowInsecurePermissions;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "In the order of the configuration.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() throws UsageException, KeyFileException {
    KeyFiles files = KeyArguments.files(format, paths, allowInsecurePermissions);
    List<FileKey> keys = files.read();
    try {
      print(files, keys);
    } finally {
      keys.forEach(FileKey::close);
    }
    // The table first, and then the one sentence that says what `serve` would.
    files.readGood().forEach(FileKey::close);
    return ExitCode.FINE;
  }

  private void print(KeyFiles files, List<FileKey> keys) {
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < keys.size(); i++) {
      FileKey key = keys.get(i);
      String weakness = key.weakness();
      out.printf(
          "%s: %s, %s, %s in the file, %d bytes, %s%n",
          key.place(),
          files.role(i, keys),
          key.keyName(),
          key.name(),
          key.length(),
          weakness == null ? "good" : "weak: " + weakness);
    }
    out.flush();
  }
}
