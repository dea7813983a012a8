/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.rfc8448.Trace;
import dev.reprise.engine.rfc8448.Trace.Side;
import dev.reprise.engine.rfc8448.Trace.Step;
import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.testkit.rules.Upholds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Rfc8448ScheduleTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  /** What no stage shows; {@link #expands} and {@link #extracts} check these on their own. */
  private static final Set<String> INSIDE =
      Set.of(
          "extract early/salt",
          "finished/context",
          "finished/expanded",
          "binder/context",
          "binder/expanded");

  static Stream<Arguments> ends() {
    return Trace.all()
        .flatMap(trace -> Stream.of(Side.values()).map(end -> Arguments.of(trace, end)));
  }

  static Stream<Step> steps() {
    return Trace.all().flatMap(trace -> trace.steps().stream());
  }

  static Stream<Step> extractions() {
    return steps().filter(step -> step.name().startsWith("extract "));
  }

  static Stream<Step> expansions() {
    return steps().filter(step -> step.values().containsKey("expanded"));
  }

  static Stream<Step> trafficKeys() {
    return steps().filter(step -> step.name().startsWith("keys "));
  }

  @ParameterizedTest
  @MethodSource("ends")
  @Upholds({"V1", "V2", "V3", "V4", "V5"})
  void reachesEveryValueOfTheTrace(Trace trace, Side end)
      throws TlsException, GeneralSecurityException {
    Map<String, Opaque> values = replay(trace, end);
    Set<String> unused = new TreeSet<>(values.keySet());
    for (Step step : ofTheSchedule(trace)) {
      step.values().keySet().stream()
          .filter(name -> !isInside(step, name))
          .forEach(name -> {
            String note = prefix(step) + "/" + name;
            assertEquals(step.value(name), values.get(note), note);
            unused.remove(note);
          });
    }
    unused.removeIf(name -> name.contains("sent") || name.contains("offered"));
    assertEquals(Set.of(), unused);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void computesEachFinishedThatWasSent(Trace trace, Side end)
      throws TlsException, GeneralSecurityException {
    Map<String, Opaque> values = replay(trace, end);
    for (Side sender : Side.values()) {
      assertNotNull(values.get(sender + " sent finished"));
      assertEquals(
          values.get(sender + " sent finished"), values.get(sender + " finished/verify-data"));
    }
  }

  @Test
  void computesTheBinderThatWasOffered() throws TlsException, GeneralSecurityException {
    Map<String, Opaque> values = replay(Trace.section(4), Side.SERVER);
    assertEquals(values.get("offered binder"), values.get("binder/verify-data"));
  }

  @Test
  @Upholds("E15")
  void resumesWithThePskOfTheFirstHandshakesTicket() throws TlsException, GeneralSecurityException {
    Opaque psk = replay(Trace.section(3), Side.CLIENT).get("psk/expanded");
    assertEquals(Trace.section(4).step(Side.CLIENT, "extract early").value("ikm"), psk);
  }

  @Test
  void leavesNoValueOfTheTracesUnchecked() {
    List<Step> unchecked =
        steps()
            .filter(step -> !isOfTheSchedule(step))
            .filter(step -> !step.name().startsWith("key-pair "))
            .filter(step -> !step.name().startsWith("message "))
            .filter(step -> !step.name().startsWith("record "))
            .toList();
    assertEquals(List.of(), unchecked);
    assertEquals(15, extractions().count());
    assertEquals(59, expansions().count());
    assertEquals(21, trafficKeys().count());
    assertEquals(11, steps().filter(step -> step.values().containsKey("verify-data")).count());
  }

  @ParameterizedTest
  @MethodSource("extractions")
  void extracts(Step step) throws TlsException {
    Secret secret = hkdf().extract(secret(step, "salt"), secret(step, "ikm"));
    assertEquals(step.value("secret"), Opaque.takeOver(secret.reveal()));
  }

  @ParameterizedTest
  @MethodSource("expansions")
  void expands(Step step) throws TlsException {
    HkdfLabel label = HkdfLabel.read(step.value("info"));
    assertEquals(step.value("context"), label.context());
    assertEquals(step.value("expanded"), label.expand(secret(step, "prk")));
  }

  @ParameterizedTest
  @MethodSource("trafficKeys")
  void expandsTrafficKeys(Step step) throws TlsException {
    for (String name : List.of("key", "iv")) {
      HkdfLabel label = HkdfLabel.read(step.value(name + "-info"));
      assertEquals(name, label.label());
      assertEquals(step.value(name), label.expand(secret(step, "prk")));
    }
  }

  @Test
  void computesTheBinderFromItsKey() throws TlsException {
    Step step = Trace.section(4).step(Side.CLIENT, "binder");
    try (TrafficSecret binderKey = new TrafficSecret(hkdf(), secret(step, "prk"))) {
      byte[] hash = step.value("transcript-hash").toArray();
      assertEquals(step.value("verify-data"), binderKey.finished(hash));
    }
  }

  /** RFC 8446, Section 7.1's HkdfLabel, taken apart to check what the traces put together. */
  private record HkdfLabel(int length, String label, Opaque context) {
    static HkdfLabel read(Opaque info) throws DecodeException {
      TlsReader in = TlsReader.of(info);
      int length = in.uint16("length");
      String label = new String(in.opaque8(7, 255, "label").toArray(), StandardCharsets.US_ASCII);
      Opaque context = in.opaque8(0, 255, "context");
      in.end("HkdfLabel");
      assertEquals("tls13 ", label.substring(0, 6));
      return new HkdfLabel(length, label.substring(6), context);
    }

    Opaque expand(Secret prk) throws TlsException {
      Secret expanded = hkdf().expandLabel(prk, label, context.toArray(), length);
      return Opaque.takeOver(expanded.reveal());
    }
  }

  private static Map<String, Opaque> replay(Trace trace, Side end)
      throws TlsException, GeneralSecurityException {
    return new Replay(CRYPTO, trace, end, psk(trace, end)).play();
  }

  /** Section 4 resumes Section 3. */
  private static @Nullable Secret psk(Trace trace, Side end)
      throws TlsException, GeneralSecurityException {
    return trace.section() == 4
        ? Secret.copyOf(
            Objects.requireNonNull(replay(Trace.section(3), end).get("psk/expanded")).toArray())
        : null;
  }

  private static List<Step> ofTheSchedule(Trace trace) {
    return trace.steps().stream().filter(Rfc8448ScheduleTest::isOfTheSchedule).toList();
  }

  private static boolean isOfTheSchedule(Step step) {
    return Stream.of("extract ", "derive ", "keys ", "finished", "binder", "psk")
        .anyMatch(step.name()::startsWith);
  }

  private static boolean isInside(Step step, String value) {
    return value.equals("info")
        || value.endsWith("-info")
        || INSIDE.contains(step.name() + "/" + value);
  }

  /** Names keys by their sender and a Finished by its sender. */
  private static String prefix(Step step) {
    if (step.name().startsWith("keys ")) {
      boolean writes = step.name().endsWith(" write");
      Side sender = writes ? step.side() : step.side().other();
      return sender + " " + step.name().substring(0, step.name().lastIndexOf(' '));
    }
    return step.name().equals("finished") ? step.side() + " finished" : step.name();
  }

  private static Secret secret(Step step, String value) {
    return Secret.copyOf(step.value(value).toArray());
  }

  private static Hkdf hkdf() throws TlsException {
    return new Hkdf(HashAlgorithm.SHA256, CRYPTO);
  }
}
