/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.Mutations;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each seed gets as far as it was made to, or fuzzers would begin at the door. */
final class SeedsTest {
  static Stream<Arguments> servers() {
    return SeedFiles.of(Target.SERVER);
  }

  static Stream<Arguments> clients() {
    return SeedFiles.of(Target.CLIENT);
  }

  static Stream<Arguments> messages() {
    return SeedFiles.of(Target.MESSAGES);
  }

  static Stream<Arguments> extensions() {
    return SeedFiles.of(Target.EXTENSIONS);
  }

  static Stream<Arguments> sessions() {
    return SeedFiles.of(Target.SESSIONS);
  }

  static Stream<Arguments> keyFiles() {
    return SeedFiles.of(Target.KEYFILES);
  }

  static Stream<Arguments> fleet() {
    return SeedFiles.of(Target.FLEET);
  }

  static Stream<Arguments> records() {
    return SeedFiles.of(Target.RECORDS);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void bringsAServerToTheEndOfItsConnection(String name, byte[] seed) {
    Drive drive = ServerTarget.run(seed);
    assertNull(drive.connection.failure());
    assertTrue(drive.connection.isConnected() && drive.connection.isInboundClosed());
    assertEquals(name.startsWith("resumed"), drive.resumed());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void bringsAClientToTheEndOfItsConnection(String name, byte[] seed) {
    Drive drive = ClientTarget.run(seed);
    assertNull(drive.connection.failure());
    assertTrue(drive.connection.isConnected() && drive.connection.isInboundClosed());
    assertEquals(name.startsWith("resumed"), drive.resumed());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isAMessage(String name, byte[] seed) {
    assertTrue(MessageTarget.reads(seed));
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void isAnExtension(String name, byte[] seed) {
    assertTrue(ExtensionTarget.reads(seed));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void isASession(String name, byte[] seed) {
    assertEquals(!name.equals("ticket"), SessionTarget.reads(seed));
  }

  @ParameterizedTest
  @MethodSource("keyFiles")
  void isAKeyFile(String name, byte[] seed) {
    assertTrue(KeyFileTarget.reads(seed));
  }

  @ParameterizedTest
  @MethodSource("fleet")
  void isARecordOfAFleet(String name, byte[] seed) {
    assertTrue(FleetTarget.reads(seed));
  }

  @ParameterizedTest
  @MethodSource("records")
  void isRecords(String name, byte[] seed) {
    int messages = RecordTarget.run(seed);
    assertTrue(messages > 0 || name.contains("sealed"), "no message in " + name);
  }

  /** What a fuzzer tries first, and enough of it to notice a target that objects to itself. */
  @ParameterizedTest
  @EnumSource
  void isHarmlessAlsoInPieces(Target target) {
    SeedFiles.bytes(target)
        .filter(seed -> seed.length < 200)
        .limit(5)
        .flatMap(Mutations::all)
        .forEach(mutation -> target.run(mutation.bytes()));
    SeedFiles.bytes(target).forEach(seed -> target.run(Arrays.copyOf(seed, seed.length / 2)));
  }
}
