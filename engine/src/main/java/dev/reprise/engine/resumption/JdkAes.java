/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * AES from the JDK's own provider where there is one: a Cipher of it that is given another key
 * overwrites the old one, which native providers do not promise.
 */
final class JdkAes {
  private static final @Nullable Provider SUN_JCE = Security.getProvider("SunJCE");

  private JdkAes() {}

  static Cipher cipher(String transformation) throws GeneralSecurityException {
    return SUN_JCE == null
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, SUN_JCE);
  }

  /** A key over an array that its owner fills and wipes; SecretKeySpec would keep a copy. */
  static final class Key implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;

    Key(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }
  }
}
