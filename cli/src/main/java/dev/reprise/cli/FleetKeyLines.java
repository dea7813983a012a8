/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKeyFile;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** The lines of a file with fleet keys, as an operator changes them. */
record FleetKeyLines(Path file, boolean allowInsecurePermissions) {
  /** What is done to the file. */
  enum Change {
    MAKE,
    ADD,
    SWITCH,
    DROP
  }

  /**
   * Writes the file as it is to be, at once and as a whole.
   *
   * @param force whether {@link Change#MAKE} may replace one
   */
  void apply(Change change, SecureRandom random, boolean force)
      throws FleetException, KeyFileException, IOException {
    switch (change) {
      case MAKE -> SecretFile.write(file, bytes(List.of(FleetKeyFile.newLine(random))), force);
      case ADD -> {
        String only = lines(1, "has two keys already; --drop the one that is not used any more");
        SecretFile.rewrite(file, bytes(List.of(only, FleetKeyFile.newLine(random))));
      }
      case SWITCH -> {
        List<String> both = both();
        SecretFile.rewrite(file, bytes(both.reversed()));
      }
      case DROP -> SecretFile.rewrite(file, bytes(List.of(both().getFirst())));
    }
  }

  private String lines(int count, String otherwise)
      throws FleetException, KeyFileException, IOException {
    List<String> lines = lines();
    if (lines.size() != count) {
      throw new FleetException(file + " " + otherwise);
    }
    return lines.getFirst();
  }

  private List<String> both() throws FleetException, KeyFileException, IOException {
    String _ = lines(2, "has one key; --add the one to come first");
    return lines();
  }

  /** Checked by who reads them in earnest. */
  private List<String> lines() throws FleetException, KeyFileException, IOException {
    FleetKeyFile.read(file, allowInsecurePermissions).close();
    byte[] bytes = SecretFile.read(file, "fleet key file", allowInsecurePermissions);
    try {
      return new String(bytes, US_ASCII)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(US_ASCII);
  }
}
