/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A session ticket encryption key and its life: whoever has it opens every ticket sealed under it,
 * so it is short. Times are milliseconds since 1970.
 *
 * @param name 16 random bytes that travel in clear at the head of every ticket
 * @param secret 32 random bytes; tickets and stored sessions are sealed under what is derived from
 *     them
 * @param publishAtMillis from when on nodes know it and open with it
 * @param issueFromMillis from when on it seals
 * @param issueUntilMillis from when on it does not seal any more
 * @param acceptUntilMillis from when on it does not open any more, and is wiped
 */
public record Stek(
    Opaque name,
    Secret secret,
    long publishAtMillis,
    long issueFromMillis,
    long issueUntilMillis,
    long acceptUntilMillis)
    implements AutoCloseable {
  /** Bytes of a key's name. */
  public static final int NAME_LENGTH = 16;

  /** Bytes of a key's secret. */
  public static final int SECRET_LENGTH = 32;

  private static final int SHOWN_NAME_LENGTH = 8;

  /** Refuses a key of a well-known weak family; the sentence names the property, not the key. */
  public Stek {
    require(name.length() == NAME_LENGTH, "A ticket key's name has 16 bytes");
    require(secret.length() == SECRET_LENGTH, "A ticket key's secret has 32 bytes");
    require(
        publishAtMillis <= issueFromMillis
            && issueFromMillis < issueUntilMillis
            && issueUntilMillis <= acceptUntilMillis,
        "A ticket key is published, issues and ends in this order");
    String weakness = WellKnownWeakKeys.weakness(secret.reveal());
    require(weakness == null, "The ticket key " + shown(name) + " " + weakness);
    require(
        !WellKnownWeakKeys.contains(secret.reveal(), name.toArray()),
        "The ticket key " + shown(name) + " contains its own name");
  }

  /** The name as logs and metrics show it: its first 8 bytes in lower-case hexadecimal. */
  public String keyName() {
    return shown(name);
  }

  /** Whether it seals at {@code now}. */
  public boolean issuesAt(long now) {
    return issueFromMillis <= now && now < issueUntilMillis;
  }

  /** Whether it opens at {@code now}. */
  public boolean acceptsAt(long now) {
    return publishAtMillis <= now && now < acceptUntilMillis;
  }

  /**
   * The cipher of one format: one for all that seal and open with this key, wiped with it. Null if
   * the key is wiped or the provider fails. It cannot be wiped meanwhile: else a cipher might be
   * made of zeros.
   */
  @Nullable Xaes256Gcm cipher(SealingFormat format) {
    synchronized (secret) {
      if (secret.isClosed()) {
        return null;
      }
      SealingCiphers ciphers = secret.derive(SealingCiphers.class, _ -> new SealingCiphers());
      return ciphers == null ? null : ciphers.of(format, secret.reveal());
    }
  }

  /** Wipes the secret and the ciphers made of it, whoever still holds this key. */
  @Override
  public void close() {
    synchronized (secret) {
      secret.close();
    }
  }

  @Override
  public String toString() {
    return "Stek["
        + keyName()
        + ", issues from "
        + issueFromMillis
        + " until "
        + issueUntilMillis
        + ", accepted until "
        + acceptUntilMillis
        + "]";
  }

  static String shown(Opaque name) {
    return HexFormat.of().formatHex(name.slice(0, SHOWN_NAME_LENGTH).toArray());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
