/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** libssl, by a small program of ours that is compiled where a compiler and its headers are. */
final class OpenSsl {
  private static final String SOURCE = "openssl-handshakes.c";
  private static final int MOST_MINUTES = 3;
  private static final int HANDSHAKES = 250;
  private static final int WARM_UP_MILLIS = 100;

  private final Path directory;
  private final Path program;

  private OpenSsl(Path directory, Path program) {
    this.directory = directory;
    this.program = program;
  }

  /** What a handshake costs: medians. */
  record Figures(
      double serverNanos,
      double clientNanos,
      double bytesToServer,
      double bytesToClient,
      double flights) {}

  /** Null, and a sentence to {@code log}, where it cannot be compiled. */
  static @Nullable OpenSsl compiledIn(Path directory, PrintStream log) throws IOException {
    Files.createDirectories(directory);
    Path source = directory.resolve(SOURCE);
    try (InputStream in = Objects.requireNonNull(OpenSsl.class.getResourceAsStream(SOURCE))) {
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    Path program = directory.resolve("openssl-handshakes");
    try {
      run(List.of("gcc", "-O2", "-o", program.toString(), source.toString(), "-lssl", "-lcrypto"));
      return new OpenSsl(directory, program);
    } catch (IOException e) {
      log.println("OpenSSL is left out, as it takes gcc and libssl-dev: " + e.getMessage());
      return null;
    }
  }

  /** OpenSSL 3.0, which Debian 12 has, knows no hybrid. */
  static boolean has(HandshakeLine line) {
    return line.group() != Group.X25519MLKEM768 || !line.scenario().exchangesKeys();
  }

  /** Of some handshakes, after as many to warm up. */
  Figures measure(HandshakeLine line) {
    try {
      TestIdentity identity = line.certificate().identity();
      TestIdentity.PemFiles files = identity.writePem(directory, "openssl");
      Conditions conditions = line.scenario().under(line.group(), line.certificate());
      String printed =
          run(
              List.of(
                  program.toString(),
                  conditions.protocol() == Protocol.TLS13 ? "13" : "12",
                  mode(line.scenario()),
                  groups(conditions),
                  files.chain().toString(),
                  files.key().toString(),
                  Integer.toString(WARM_UP_MILLIS),
                  Integer.toString(HANDSHAKES)));
      double[] numbers =
          Arrays.stream(printed.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
      return new Figures(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mode(Scenario scenario) {
    return !scenario.isResumed() ? "full" : scenario.statelessTickets() ? "ticket" : "id";
  }

  private static String groups(Conditions conditions) {
    List<String> names =
        conditions.groups().stream()
            .map(name -> name.equals("secp256r1") ? "P-256" : "X25519")
            .toList();
    return String.join(":", names);
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException(command.getFirst() + " has failed: " + printed.strip());
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
