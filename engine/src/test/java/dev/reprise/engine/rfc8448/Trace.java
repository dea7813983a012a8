/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One section of RFC 8448. Its file holds the steps in order:
 *
 * <pre>{@code
 * # a comment
 * [server extract early]      the side that does it, and what it does
 * salt: 0000                  a value in hexadecimal,
 *   0000                      which an indented line goes on with
 * }</pre>
 */
public final class Trace {
  private final int section;
  private final List<Step> steps;

  private Trace(int section, List<Step> steps) {
    this.section = section;
    this.steps = List.copyOf(steps);
  }

  public enum Side {
    CLIENT,
    SERVER;

    public Side other() {
      return this == CLIENT ? SERVER : CLIENT;
    }

    static Side of(String name) {
      return switch (name) {
        case "client" -> CLIENT;
        case "server" -> SERVER;
        default -> throw new IllegalArgumentException(name);
      };
    }
  }

  /** What one side did, with the values that went in and came out. */
  public record Step(int section, Side side, String name, Map<String, Opaque> values) {
    public Opaque value(String value) {
      return Objects.requireNonNull(values.get(value), () -> this + " has no " + value);
    }

    @Override
    public String toString() {
      return section + ", " + side + " " + name;
    }
  }

  /** A handshake message with its header, and who sent it. */
  public record Sent(int section, Side side, Opaque message) {
    public HandshakeType type() {
      return Objects.requireNonNull(HandshakeType.of(message.at(0)));
    }

    public Opaque body() {
      return message.slice(4, message.length() - 4);
    }

    @Override
    public String toString() {
      return section + ", " + side + " " + type();
    }
  }

  /** All five of them. */
  public static Stream<Trace> all() {
    return IntStream.rangeClosed(3, 7).mapToObj(Trace::section);
  }

  public static Trace section(int number) {
    String file = "/rfc8448/section" + number + ".txt";
    try (InputStream in = Objects.requireNonNull(Trace.class.getResourceAsStream(file));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return new Trace(number, read(number, lines.readAllLines()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int section() {
    return section;
  }

  public List<Step> steps() {
    return steps;
  }

  /** The only step of that side and name, or null. */
  public @Nullable Step find(Side side, String name) {
    List<Step> found =
        steps.stream().filter(step -> step.side() == side && step.name().equals(name)).toList();
    if (found.size() > 1) {
      throw new IllegalStateException(found.size() + " times " + found.getFirst());
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The same where it must exist. */
  public Step step(Side side, String name) {
    return Objects.requireNonNull(find(side, name), () -> section + " lacks " + side + " " + name);
  }

  /** Every handshake message in the order of the wire, cut out of the records' payloads. */
  public List<Sent> messages() {
    List<Sent> messages = new ArrayList<>();
    for (Step step : steps) {
      if (step.name().equals("record handshake")) {
        cut(step, messages);
      }
    }
    return messages;
  }

  @Override
  public String toString() {
    return "Section " + section;
  }

  /** No message of the traces spans records. */
  private static void cut(Step step, List<Sent> messages) {
    Opaque payload = step.value("payload");
    for (int at = 0; at < payload.length(); ) {
      int body = payload.at(at + 1) << 16 | payload.at(at + 2) << 8 | payload.at(at + 3);
      messages.add(new Sent(step.section(), step.side(), payload.slice(at, 4 + body)));
      at += 4 + body;
    }
  }

  private static List<Step> read(int section, List<String> lines) {
    List<Step> steps = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    String last = "";
    // Backwards: then each name is met after all that belongs to it.
    StringBuilder value = new StringBuilder();
    for (String line : lines.reversed()) {
      if (line.startsWith("  ")) {
        value.insert(0, line.strip());
      } else if (line.startsWith("[")) {
        steps.addFirst(step(section, line, values));
        values.clear();
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        String[] pair = line.split(":", 2);
        last = pair[0];
        values.put(last, pair[1].strip() + value);
        value.setLength(0);
      }
    }
    return steps;
  }

  private static Step step(int section, String line, Map<String, String> values) {
    String[] words = line.substring(1, line.length() - 1).split(" ", 2);
    Map<String, Opaque> bytes = new LinkedHashMap<>();
    values.forEach((name, hex) -> bytes.put(name, Opaque.ofHex(hex)));
    return new Step(section, Side.of(words[0]), words[1], Map.copyOf(bytes));
  }
}
