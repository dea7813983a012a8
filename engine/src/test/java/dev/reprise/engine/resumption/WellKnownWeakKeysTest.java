/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.rules.Refuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellKnownWeakKeysTest {
  private static final List<String> WORDS =
      List.of(
          "deadbeef",
          "cafebabe",
          "feedface",
          "baadf00d",
          "0badc0de",
          "8badf00d",
          "deadc0de",
          "c0ffee00",
          "facefeed",
          "abadcafe",
          "defec8ed",
          "1badb002",
          "d15ea5e0",
          "fee1dead");

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 48, 80})
  @Refuses("B17")
  void refusesEveryKeyOfTheWeakFamilies(int length) {
    List<byte[]> battery = battery(length);
    assertTrue(battery.size() > 300);
    for (byte[] key : battery) {
      assertNotNull(
          WellKnownWeakKeys.weakness(key), () -> "accepts " + HexFormat.of().formatHex(key));
    }
  }

  private static List<byte[]> battery(int length) {
    List<byte[]> keys = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      byte[] constant = new byte[length];
      Arrays.fill(constant, (byte) value);
      keys.add(constant);
      byte[] half = constant.clone();
      Arrays.fill(half, length / 2, length, (byte) 0);
      keys.add(half);
    }
    for (int start : new int[] {0x00, 0x01, 0x10, 0x11, 0x20, 0x21, 0x30, 0x31, 0xf0}) {
      for (int step : new int[] {1, 2, 0x10, 0x11, -1}) {
        keys.add(counting(length, start, step));
      }
    }
    WORDS.forEach(word -> keys.add(repeated(length, HexFormat.of().parseHex(word))));
    for (String text :
        List.of("ab", "key", "test", "secret", "password", "changeme", "0123456789")) {
      keys.add(repeated(length, text.getBytes(StandardCharsets.US_ASCII)));
    }
    return keys;
  }

  private static byte[] counting(int length, int start, int step) {
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = (byte) (start + step * i);
    }
    return key;
  }

  private static byte[] repeated(int length, byte[] word) {
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = word[i % word.length];
    }
    return key;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Little and big endian counters, and a step in 16-bit words.
        "0100000002000000030000000400000005000000060000000700000008000000",
        "0000000100000002000000030000000400000005000000060000000700000008",
        "1000100110021003100410051006100710081009100a100b100c100d100e100f",
        // Equal halves.
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        // A counting half.
        "0f1e2d3c4b5a69788796a5b4c3d2e1f1101112131415161718191a1b1c1d1e1f",
        // Seven different bytes.
        "0102030405060703020106050703010206050407030102070605040102030507",
        // FIPS 197.
        "2b7e151628aed2a6abf7158809cf4f3c0123456789abcdef1032547698badcfe",
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
      })
  void refusesThisKey(String hex) {
    assertNotNull(WellKnownWeakKeys.weakness(HexFormat.of().parseHex(hex)));
  }

  /** Security's known families, each with what is said of it: never the key itself. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000, is all zero",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, repeats one byte",
    "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5, repeats one byte",
    "3131313131313131313131313131313131313131313131313131313131313131, repeats one byte",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef, repeats a short word",
    "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0, repeats a short word",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, counts",
    "00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f, counts",
    "3131313131313131313131313131313100000000000000000000000000000000, counts",
    "0102030405060703020106050703010206050407030102070605040102030507, has fewer than 8",
    "2b7e151628aed2a6abf7158809cf4f3c0123456789abcdef1032547698badcfe, is an example",
    "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, is an example"
  })
  void refusesEachFamilyByItsPropertyAndNeverShowsTheKey(String hex, String property) {
    Secret secret = Secret.takeOver(HexFormat.of().parseHex(hex));
    Opaque name = Samples.bytes(1, 16);
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new Stek(name, secret, 0, 0, 1, 2));
    String sentence = String.valueOf(refused.getMessage());
    String shown = name.slice(0, 8).toString();
    assertTrue(sentence.startsWith("The ticket key " + shown + " " + property), sentence);
    for (int at = 0; at + 8 <= hex.length(); at++) {
      assertFalse(sentence.contains(hex.substring(at, at + 8)), sentence);
    }
  }

  @Test
  void namesThePropertyAndNotTheKey() {
    byte[] ones = HexFormat.of().parseHex("31".repeat(32));
    assertEquals("is all zero", WellKnownWeakKeys.weakness(new byte[32]));
    assertEquals("repeats one byte", WellKnownWeakKeys.weakness(ones));
    Secret zero = Secret.takeOver(new byte[32]);
    Opaque name = Samples.bytes(1, 16);
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new Stek(name, zero, 0, 0, 1, 2));
    String shown = name.slice(0, 8).toString();
    assertEquals("The ticket key " + shown + " is all zero", refused.getMessage());
  }

  @Test
  void acceptsRandomKeys() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      assertNull(WellKnownWeakKeys.weakness(key));
    }
  }

  @Test
  void refusesShortKeys() {
    assertNotNull(WellKnownWeakKeys.weakness(Samples.bytes(1, 15).toArray()));
    assertNull(WellKnownWeakKeys.weakness(Samples.bytes(1, 16).toArray()));
  }

  @Test
  void findsANameInAKey() {
    byte[] key = Samples.bytes(1, 32).toArray();
    assertTrue(WellKnownWeakKeys.contains(key, Arrays.copyOfRange(key, 16, 32)));
    assertFalse(WellKnownWeakKeys.contains(key, Samples.bytes(2, 16).toArray()));
  }
}
