/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.security.PrivateKey;
import java.security.Provider;
import org.junit.jupiter.api.Test;

final class OwnKeysTest {
  private final OwnKeys keys = new OwnKeys();

  @Test
  void translatesAKeyOnce() {
    Provider corretto = Library.loaded(NativeLibrary.CORRETTO);
    PrivateKey key = TestKeys.RSA_2048.getPrivate();
    PrivateKey own = keys.of(key, corretto);
    assertNotSame(key, own);
    assertSame(own, keys.of(key, corretto));
    assertEquals(1, keys.size());
  }

  @Test
  void leavesAKeyThatIsTheProvidersOwn() {
    PrivateKey key = TestKeys.P256.getPrivate();
    assertSame(key, keys.of(key, JcaProviders.jdk().ecdsa()));
  }

  @Test
  void leavesAKeyThatCannotBeTranslated() {
    Provider corretto = Library.loaded(NativeLibrary.CORRETTO);
    for (PrivateKey key :
        new PrivateKey[] {
          TestKeys.RSA_PSS_2048.getPrivate(), TestKeys.ED25519.getPrivate(), new TokenKey("RSA")
        }) {
      assertSame(key, keys.of(key, corretto));
    }
  }
}
