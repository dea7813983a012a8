/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One key as a file has it: the name, and the two secret halves. Closing wipes the halves. */
public final class FileKey implements AutoCloseable {
  /** Bytes of a key with 16-byte halves. */
  public static final int SHORT = 48;

  /** Bytes of a key with 32-byte halves. */
  public static final int LONG = 80;

  private static final int NAME = 16;

  private final String place;
  private final Opaque name;
  private final Secret aes;
  private final Secret hmac;

  private FileKey(String place, Opaque name, Secret aes, Secret hmac) {
    this.place = place;
    this.name = name;
    this.aes = aes;
    this.hmac = hmac;
  }

  /** The key in {@code bytes}, which have a length of {@code format} and stay the caller's. */
  static FileKey parse(KeyFileFormat format, byte[] bytes, String place) {
    int half = (bytes.length - NAME) / 2;
    Secret first = Secret.takeOver(Arrays.copyOfRange(bytes, NAME, NAME + half));
    Secret second = Secret.takeOver(Arrays.copyOfRange(bytes, NAME + half, bytes.length));
    Opaque name = Opaque.takeOver(Arrays.copyOf(bytes, NAME));
    return format.aesFirst(bytes.length)
        ? new FileKey(place, name, first, second)
        : new FileKey(place, name, second, first);
  }

  /** A new key of {@link #SHORT} or {@link #LONG} bytes. */
  public static FileKey generate(SecureRandom random, int length) {
    if (length != SHORT && length != LONG) {
      throw new IllegalArgumentException("a key of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    try {
      while (true) {
        random.nextBytes(bytes);
        FileKey key = parse(KeyFileFormat.HAPROXY, bytes, "new key");
        if (key.weakness() == null) {
          return key;
        }
        key.close();
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Where it stands: a file, or a file and a line. */
  public String place() {
    return place;
  }

  /** The name in the file: it travels in clear in the tickets of the file's own server. */
  public Opaque name() {
    return name;
  }

  /**
   * The name of the key that Reprise derives from it, as logs and metrics show it: the first 8 of
   * its bytes in lower-case hexadecimal.
   */
  public String keyName() {
    try (DerivedKey derived = DerivedKey.of(this)) {
      return derived.name().slice(0, 8).toString();
    }
  }

  /** Bytes of name and halves together: {@link #SHORT} or {@link #LONG}. */
  public int length() {
    return NAME + aes.length() + hmac.length();
  }

  /** What of it nobody drew at random, as in "its AES key is all zero", or null. */
  public @Nullable String weakness() {
    return KeyAudit.weakness(this);
  }

  Secret aes() {
    return aes;
  }

  Secret hmac() {
    return hmac;
  }

  /** Whether both halves are the other's, in whichever order. */
  boolean hasSecretOf(FileKey other) {
    return (aes.sameAs(other.aes) && hmac.sameAs(other.hmac))
        || (aes.sameAs(other.hmac) && hmac.sameAs(other.aes));
  }

  /** The bytes as {@code format} has them; the caller wipes them. */
  byte[] encode(KeyFileFormat format) {
    byte[] bytes = new byte[length()];
    boolean aesFirst = format.aesFirst(bytes.length);
    byte[] first = (aesFirst ? aes : hmac).reveal();
    byte[] second = (aesFirst ? hmac : aes).reveal();
    name.copyTo(bytes, 0);
    System.arraycopy(first, 0, bytes, NAME, first.length);
    System.arraycopy(second, 0, bytes, NAME + first.length, second.length);
    return bytes;
  }

  @Override
  public void close() {
    aes.close();
    hmac.close();
  }

  @Override
  public String toString() {
    return "FileKey[" + name + ", " + length() + " bytes, " + place + "]";
  }
}
