/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must not leak: no {@code toString} or {@code equals} shows them, and closing wipes
 * them. {@link #reveal} is the one way to the bytes, so that every place that looks can be found.
 */
public final class Secret implements AutoCloseable {
  /** What holds a secret in a form of its own, such as a cipher with its key expanded. */
  public interface Derived extends AutoCloseable {
    /** Wipes it; never fails. */
    @Override
    void close();
  }

  private final byte[] bytes;
  private boolean closed;
  private @Nullable Derived derived;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret that wipes {@code bytes} itself when closed: the caller gives up the array. */
  public static Secret takeOver(byte[] bytes) {
    return new Secret(bytes);
  }

  /** A secret of its own; the caller's array stays as it is, and is the caller's to wipe. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** In bytes; known even after closing. */
  public int length() {
    return bytes.length;
  }

  /**
   * The bytes themselves, not a copy: to be read, and not to be kept but by who knows that they
   * will be wiped ({@link SecretBytesKey#lent}).
   *
   * @throws IllegalStateException if the secret was closed
   */
  public byte[] reveal() {
    requireOpen();
    return bytes;
  }

  /** A secret of its own with the same bytes, for a holder that closes it on its own. */
  public Secret copy() {
    return copyOf(reveal());
  }

  /** Whether both hold the same bytes, in a time that depends on the lengths only. */
  public boolean sameAs(Secret other) {
    return MessageDigest.isEqual(reveal(), other.reveal());
  }

  /**
   * What {@code maker} makes of the bytes: made at the first call, the same at every later one, and
   * closed with the secret. For things of one kind only.
   *
   * @return null if {@code maker} has failed; then the next call tries again
   * @throws IllegalStateException if the secret was closed
   */
  public <T extends Derived> @Nullable T derive(
      Class<T> type, Function<byte[], @Nullable T> maker) {
    requireOpen();
    if (derived == null) {
      derived = maker.apply(bytes);
    }
    return type.cast(derived);
  }

  public boolean isClosed() {
    return closed;
  }

  /** Wipes the bytes and what is derived from them. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
    if (derived != null) {
      derived.close();
      derived = null;
    }
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The secret was closed");
    }
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }
}
