/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResumptionScopeTest {
  private static final Opaque SERVER = Opaque.ofHex("00112233");
  private static final Opaque A = Opaque.ofHex("aa");
  private static final Opaque B = Opaque.ofHex("bb");

  @Test
  void everyInputMakesAnotherScope() {
    Set<Opaque> digests = new HashSet<>();
    List<ResumptionScope> scopes =
        List.of(
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "label"),
            ResumptionScope.of(Opaque.ofHex("001122"), "need", List.of(A, B), "2026", "label"),
            ResumptionScope.of(SERVER, "want", List.of(A, B), "2026", "label"),
            ResumptionScope.of(SERVER, "need", List.of(A), "2026", "label"),
            ResumptionScope.of(SERVER, "need", List.of(), "2026", "label"),
            ResumptionScope.of(SERVER, "need", List.of(Opaque.ofHex("aabb")), "2026", "label"),
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2027", "label"),
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "Label"),
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", ""),
            // What is moved over a border between two inputs is not the same.
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026l", "abel"),
            ResumptionScope.of(SERVER, "nee", List.of(A, B), "d2026", "label"),
            // Nor are characters that an encoder would map to one question mark.
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "\ud800"),
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "\udc00"),
            ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "?"));
    scopes.forEach(scope -> assertTrue(digests.add(scope.digest())));
  }

  @Test
  void orderAndRepetitionOfTrustAnchorsDoNotMatter() {
    ResumptionScope one = ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "");
    ResumptionScope two = ResumptionScope.of(SERVER, "need", List.of(B, A, B), "2026", "");
    assertTrue(one.sameAs(two));
    assertEquals(one, two);
  }

  @Test
  void differsInAnySingleBit() {
    byte[] digest = Samples.SCOPE.digest().toArray();
    for (int bit = 0; bit < 256; bit++) {
      byte[] flipped = digest.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(Samples.SCOPE.sameAs(new ResumptionScope(Opaque.takeOver(flipped))));
    }
    assertTrue(Samples.SCOPE.sameAs(new ResumptionScope(Opaque.takeOver(digest))));
  }

  // Fleets compare scopes across releases: this must not change by accident.
  @Test
  void isWhatItAlwaysWas() {
    assertEquals(
        "9511cfe0f905d7df986cf0a8866c0eb79cfa81370cbabb7da5d4c72358158076",
        ResumptionScope.of(SERVER, "need", List.of(A, B), "2026", "label").digest().toString());
  }

  @Test
  void has32Bytes() {
    assertThrows(IllegalArgumentException.class, () -> new ResumptionScope(SERVER));
  }
}
