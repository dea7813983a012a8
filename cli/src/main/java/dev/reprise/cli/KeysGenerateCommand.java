/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.FileKey;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reprise keys generate}: new ticket keys. */
@Command(
    name = "generate",
    description = {"Draws new ticket keys: one for nginx, httpd and envoy, three for haproxy.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example, a rotation of haproxy's: reprise keys generate --format haproxy --keys 1 >> FILE"
    })
final class KeysGenerateCommand implements Callable<Integer> {
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
      names = "--out",
      paramLabel = "FILE",
      order = 11,
      description = "Where to. Without it keys of haproxy, which are text, are printed.")
  private @Nullable Path out;

  @Option(
      names = "--force",
      order = 12,
      description = "Replace the file if it exists, at once and as a whole.")
  private boolean force;

  @Option(
      names = "--size",
      paramLabel = "48|80",
      order = 13,
      description = "Bytes of a key. Default: 80, and 48 for httpd.")
  private @Nullable Integer size;

  @Option(
      names = "--keys",
      paramLabel = "NUMBER",
      order = 14,
      description = "How many lines of haproxy's to print. Default: 3.")
  private @Nullable Integer count;

  @Override
  public Integer call() throws UsageException, KeyFileException, IOException {
    int length = length();
    SecureRandom random = new SecureRandom();
    List<FileKey> keys =
        Stream.generate(() -> FileKey.generate(random, length)).limit(count()).toList();
    try {
      if (out == null) {
        print(keys);
      } else {
        KeyOutput.write(format, keys, List.of(out), force);
      }
      return ExitCode.FINE;
    } finally {
      keys.forEach(FileKey::close);
    }
  }

  private int length() throws UsageException {
    int length = size == null ? format.longestKey() : size;
    if (!format.keyLengths().contains(length)) {
      throw new UsageException(
          "--size "
              + length
              + " is no size of "
              + format.server()
              + "'s keys; leave it out, or give it "
              + String.join(" or ", format.keyLengths().stream().map(String::valueOf).toList()));
    }
    return length;
  }

  private int count() throws UsageException {
    if (format != KeyFileFormat.HAPROXY) {
      if (count != null) {
        throw new UsageException(
            "--keys is for haproxy alone, since "
                + format.server()
                + " has one key in a file; leave it out");
      }
      if (out == null) {
        throw new UsageException(
            "Keys of " + format.server() + " are no text to print; name a file with --out");
      }
      return 1;
    }
    int wanted = count == null ? 3 : count;
    if (wanted < 1 || wanted > 3 || (out != null && wanted != 3)) {
      throw new UsageException(
          "--keys "
              + wanted
              + " cannot be; a file of haproxy's has 3 keys, and 1 to 3 can be printed");
    }
    return wanted;
  }

  private void print(List<FileKey> keys) {
    PrintWriter writer = spec.commandLine().getOut();
    keys.forEach(key -> writer.println(KeyFileWriter.line(key)));
    writer.flush();
  }
}
