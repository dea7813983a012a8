/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;

/**
 * A node in a process of its own, which can be stopped as a whole. It answers lines: {@code keys}
 * with the names of the keys that open now, {@code opens NAME} with whether that one does. It ends
 * with its input.
 */
final class NodeMain {
  private NodeMain() {}

  @SuppressWarnings("SystemOut") // It is what the test reads.
  public static void main(String[] arguments) throws IOException, FleetException {
    FleetSettings settings =
        FleetSettings.of(RedisAddress.parse(arguments[0]), "process")
            .withTimes(Duration.parse(arguments[2]), Duration.parse(arguments[3]));
    try (Fleet fleet =
            Fleet.join(
                settings,
                FleetKeyFile.read(Path.of(arguments[1]), false),
                null,
                InstantSource.system(),
                new SecureRandom(),
                _ -> {},
                Duration.ofSeconds(5));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(line.equals("keys") ? keys(fleet) : opens(fleet, line.substring(6)));
        System.out.flush();
      }
    }
  }

  private static String keys(Fleet fleet) {
    long now = fleet.clock().millis();
    return fleet.ticketKeys().ring().keys().stream()
        .filter(key -> key.acceptsAt(now))
        .map(Stek::name)
        .map(Opaque::toString)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String opens(Fleet fleet, String name) {
    long now = fleet.clock().millis();
    return String.valueOf(fleet.ticketKeys().ring().accepting(Opaque.ofHex(name), now) != null);
  }
}
