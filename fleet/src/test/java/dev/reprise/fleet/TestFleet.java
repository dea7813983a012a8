/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A fleet in this process over a real Redis, with keys that do not live for long. */
final class TestFleet implements AutoCloseable {
  static final Duration PERIOD = Duration.ofSeconds(2);
  static final Duration LIFETIME = Duration.ofSeconds(4);

  final RealRedis redis;
  final List<FleetEvent> events = new CopyOnWriteArrayList<>();
  private final boolean ownRedis;
  private final Path directory;
  private final List<Fleet> nodes = new ArrayList<>();
  private final Duration period;
  private final Duration lifetime;

  TestFleet() {
    this(RealRedis.start(), true, PERIOD, LIFETIME);
  }

  TestFleet(Duration period, Duration lifetime) {
    this(RealRedis.start(), true, period, lifetime);
  }

  private TestFleet(RealRedis redis, boolean ownRedis, Duration period, Duration lifetime) {
    this.redis = redis;
    this.ownRedis = ownRedis;
    this.period = period;
    this.lifetime = lifetime;
    try {
      directory = Files.createTempDirectory("fleet");
      writeKeys(FleetKeyFile.newLine(new SecureRandom()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another fleet of the same name in the same Redis, with a key of its own. */
  TestFleet rival() {
    return new TestFleet(redis, false, period, lifetime);
  }

  void writeKeys(String... lines) throws IOException {
    Path file = directory.resolve("new");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, List.of(lines));
    Files.move(file, keyPath(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  List<String> readKeys() throws IOException {
    return Files.readAllLines(keyPath());
  }

  Path keyPath() {
    return directory.resolve("fleet.key");
  }

  FleetKeyFile keyFile() {
    try {
      return FleetKeyFile.read(keyPath(), false);
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  FleetSettings settings(String node) {
    return settings(redis.url(), node);
  }

  FleetSettings settings(String url, String node) {
    try {
      return FleetSettings.of(RedisAddress.parse(url), node).withTimes(period, lifetime);
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  Fleet join(String node) {
    return join(settings(node), InstantSource.system());
  }

  Fleet join(FleetSettings settings, InstantSource clock) {
    return join(settings, clock, new SecureRandom());
  }

  Fleet join(FleetSettings settings, InstantSource clock, SecureRandom random) {
    Fleet fleet =
        Fleet.join(settings, keyFile(), null, clock, random, events::add, Duration.ofSeconds(2));
    nodes.add(fleet);
    return fleet;
  }

  /** All that have joined. */
  List<Fleet> nodes() {
    return List.copyOf(nodes);
  }

  /** The names of the keys that a node has. */
  static Set<Opaque> names(Fleet node) {
    return node.ticketKeys().ring().keys().stream().map(Stek::name).collect(Collectors.toSet());
  }

  /** The key that a node seals with, by its name, or empty. */
  static String sealing(Fleet node) {
    Stek key = node.ticketKeys().ring().issuing(node.clock().millis());
    return key == null ? "" : key.keyName();
  }

  static void awaitSealing(Fleet... nodes) {
    for (Fleet node : nodes) {
      Await.until("a node seals", () -> !sealing(node).isEmpty());
    }
  }

  /** Waits until all have the same keys and seal with the same one. */
  static void awaitAgreement(Fleet... nodes) {
    Await.until(
        "all nodes have the same keys",
        () -> {
          for (Fleet node : nodes) {
            if (sealing(node).isEmpty()
                || !sealing(node).equals(sealing(nodes[0]))
                || !names(node).equals(names(nodes[0]))) {
              return false;
            }
          }
          return true;
        });
  }

  boolean heard(Class<? extends FleetEvent> kind) {
    return events.stream().anyMatch(kind::isInstance);
  }

  boolean heard(String part) {
    return events.stream().anyMatch(event -> event.sentence().contains(part));
  }

  @Override
  public void close() {
    nodes.forEach(Fleet::close);
    if (ownRedis) {
      redis.close();
    }
    try (var files = Files.walk(directory)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
