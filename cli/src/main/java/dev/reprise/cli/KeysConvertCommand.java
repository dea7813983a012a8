/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.FileKey;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.fleet.keyfiles.KeyFit;
import dev.reprise.fleet.keyfiles.KeyRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reprise keys convert}: the same keys for another server. */
@Command(
    name = "convert",
    customSynopsis =
        "reprise keys convert --from FORMAT --to FORMAT [FLAG]... IN [IN]... OUT [OUT]...",
    description = {
      "Writes the keys of one server as another one reads them, the halves in its order. The key"
          + " that seals goes on sealing.",
      "",
      "nginx and envoy have a file for each key: the one that seals, the next one, older ones."
          + " haproxy has three lines: an older one, the one that seals, the next one. httpd has"
          + " one key.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Nothing is dropped or made up: keys of 48 and of 80 bytes cannot become each other, haproxy"
          + " wants three keys, and httpd takes one of several only with --issuing-only.",
      "",
      "Example: reprise keys convert --from haproxy --to nginx haproxy.keys current next old"
    })
final class KeysConvertCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      order = 10,
      required = true,
      converter = Converters.KeyFormat.class,
      description = "What is read: nginx, haproxy, httpd or envoy.")
  private KeyFileFormat from = KeyFileFormat.NGINX;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      order = 11,
      required = true,
      converter = Converters.KeyFormat.class,
      description = "What is written: nginx, haproxy, httpd or envoy.")
  private KeyFileFormat to = KeyFileFormat.NGINX;

  @Option(
      names = "--issuing-only",
      order = 12,
      description = "Write the key that seals and leave the others out.")
  private boolean issuingOnly;

  @Option(
      names = "--force",
      order = 13,
      description = "Replace files that exist, each at once and as a whole.")
  private boolean force;

  @Option(
      names = "--allow-insecure-permissions",
      order = 14,
      description = "Read files that every user of this machine may read or write.")
  private boolean allowInsecurePermissions;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "First those read, then those written.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() throws UsageException, KeyFileException, IOException {
    int inputs = inputs();
    KeyFiles files = KeyArguments.files(from, paths.subList(0, inputs), allowInsecurePermissions);
    List<FileKey> keys = files.readGood();
    try {
      List<FileKey> written =
          issuingOnly ? List.of(issuing(files, keys)) : KeyFit.reorder(from, to, keys);
      KeyOutput.write(to, written, paths.subList(inputs, paths.size()), force);
      return ExitCode.FINE;
    } finally {
      keys.forEach(FileKey::close);
    }
  }

  private int inputs() throws UsageException {
    return issuingOnly ? paths.size() - 1 : KeyArguments.inputs(from, to, paths.size());
  }

  private static FileKey issuing(KeyFiles files, List<FileKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (files.role(i, keys) == KeyRole.SEALS) {
        return keys.get(i);
      }
    }
    throw new IllegalStateException("no key seals");
  }
}
