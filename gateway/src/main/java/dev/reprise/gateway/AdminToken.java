/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.SecretFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Who has it may change what the gateway does. Of the token itself nothing is kept. */
public final class AdminToken {
  /** RFC 6750, Section 2.1: b64token, of a length that nobody guesses. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,1024}=*");

  private final byte[] digest;

  private AdminToken(byte[] digest) {
    this.digest = digest;
  }

  /**
   * The token in a file of which it is the only line.
   *
   * @param allowInsecurePermissions whether other users of this machine may have read it
   */
  public static AdminToken read(Path path, boolean allowInsecurePermissions)
      throws ConfigurationException {
    byte[] bytes = bytes(path, allowInsecurePermissions);
    try {
      String token = new String(bytes, ISO_8859_1).strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new ConfigurationException(
            path
                + " holds no token, which is one line of 16 to 1024 letters, digits and"
                + " -._~+/; write one with `openssl rand -hex 32`");
      }
      return new AdminToken(digest(token));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] bytes(Path path, boolean allowInsecurePermissions)
      throws ConfigurationException {
    try {
      return SecretFile.read(path, "token file", allowInsecurePermissions);
    } catch (KeyFileException e) {
      throw new ConfigurationException(e.sentence(), e);
    }
  }

  /** Whether {@code presented} is it; takes as long for every text of its length. */
  boolean is(String presented) {
    return MessageDigest.isEqual(digest, digest(presented));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(ISO_8859_1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
