/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.SeededRandom;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderSearchTest {
  @Test
  void takesTheFastestOfEachPrimitive() {
    Library.loaded(NativeLibrary.CORRETTO);
    Library.loaded(NativeLibrary.CONSCRYPT);
    ProviderChoice choice = among(null);
    assertEquals(List.of(), choice.unusable());
    assertEquals(
        "X25519, AES-GCM in part: Conscrypt;"
            + " P-256 and P-384, ECDSA, Ed25519, RSA: AmazonCorrettoCryptoProvider;"
            + " the rest: JDK",
        choice.description());
  }

  @Test
  void takesTheNextWhereTheFastestIsNotAllowed() {
    Library.loaded(NativeLibrary.CONSCRYPT);
    assertEquals(
        "X25519, P-256 and P-384, ECDSA, Ed25519, RSA, AES-GCM in part: Conscrypt; the rest: JDK",
        among("conscrypt").description());
  }

  @Test
  void leavesX25519ToTheJdkWhereThereIsCorrettoAlone() {
    Library.loaded(NativeLibrary.CORRETTO);
    JcaProviders chosen = among(" AmazonCorrettoCryptoProvider ").providers();
    assertEquals("AmazonCorrettoCryptoProvider", chosen.ellipticCurve().getName());
    assertEquals("SunEC", chosen.x25519().getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "JDK"})
  void takesNothingButTheJdkIfToldSo(String names) {
    ProviderChoice choice = among(names);
    assertEquals(List.of(), choice.unusable());
    assertEquals(JcaProviders.jdk(), choice.providers());
    assertEquals("everything: JDK", choice.description());
  }

  @Test
  void saysWhichNameItDoesNotKnow() {
    ProviderChoice choice = among("Corretto");
    assertEquals(JcaProviders.jdk(), choice.providers());
    assertEquals(1, choice.unusable().size());
    assertTrue(choice.unusable().getFirst().contains("\"Corretto\""), choice.toString());
  }

  @Test
  void registersNothing() {
    among(null);
    for (NativeLibrary library : NativeLibrary.values()) {
      assertSame(null, Security.getProvider(library.providerName()));
    }
  }

  @Test
  void searchesOnceInAProcess() {
    ProviderChoice choice = ProviderChoice.fastest(SeededRandom.of(1));
    assertNotNull(choice.providers());
    assertSame(choice, ProviderChoice.fastest(SeededRandom.of(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KeyAgreement", "KeyPairGenerator", "Signature"})
  void passesOverWhatDoesNotWork(String faultyType) {
    Provider faulty = new FaultyProvider(JcaProviders.jdk().ecdsa(), faultyType);
    ProviderSearch search = new ProviderSearch(SeededRandom.of(1));
    ProviderChoice choice = search.amongLoaded(faulty);
    assertTrue(
        choice.unusable().stream().anyMatch(each -> each.contains("of Faulty does not work")),
        choice.toString());
    if (!faultyType.equals("Signature")) {
      assertSame(JcaProviders.jdk().ellipticCurve(), choice.providers().ellipticCurve());
    }
    if (!faultyType.equals("KeyAgreement")) {
      assertSame(JcaProviders.jdk().ecdsa(), choice.providers().ecdsa());
    }
  }

  @Test
  void passesOverALibraryThatCannotBeLinked() {
    Provider broken =
        new Provider("Broken", "1", "Has no library") {
          private static final long serialVersionUID = 1L;

          @Override
          public @Nullable Service getService(String type, String algorithm) {
            throw new UnsatisfiedLinkError("no library");
          }
        };
    assertThrows(UnsatisfiedLinkError.class, () -> broken.getService("Signature", "Ed25519"));
    ProviderChoice choice = new ProviderSearch(SeededRandom.of(1)).amongLoaded(broken);
    assertEquals(JcaProviders.jdk(), choice.providers());
    assertEquals(
        "ECDH of Broken does not work: java.lang.UnsatisfiedLinkError: no library",
        choice.unusable().getFirst());
  }

  private static ProviderChoice among(@Nullable String names) {
    return new ProviderSearch(SeededRandom.of(1)).among(names);
  }
}
