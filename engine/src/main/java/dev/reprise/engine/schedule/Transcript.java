/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Digests;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handshake messages so far, as they went over the wire: RFC 8446, Section 4.4.1. They are kept
 * until the hash is known, and from then on only hashed, unless somebody asks for them (a TLS 1.2
 * CertificateVerify signs them under a hash of its own).
 */
public final class Transcript {
  private final Digests digests;
  private @Nullable List<Opaque> messages = new ArrayList<>(2);
  private @Nullable MessageDigest digest;
  private @Nullable HashAlgorithm hash;
  private int count;

  /** Of all messages so far, once it has been asked for. */
  private byte @Nullable [] current;

  public Transcript(Digests digests) {
    this.digests = digests;
  }

  /** Adds a message with its header of 4 bytes, exactly as it was sent or received. */
  public void add(Opaque encodedMessage) {
    count++;
    current = null;
    if (messages != null) {
      messages.add(encodedMessage);
    }
    if (digest != null) {
      update(digest, encodedMessage);
    }
  }

  /** Fixes the hash, once and for all. The messages are no longer kept. */
  public void select(HashAlgorithm algorithm) throws TlsException {
    selectAndKeepMessages(algorithm);
    forgetMessages();
  }

  /** Fixes the hash, but keeps the messages as well, until {@link #forgetMessages}. */
  public void selectAndKeepMessages(HashAlgorithm algorithm) throws TlsException {
    if (hash != null) {
      throw new IllegalStateException("The transcript's hash is chosen already");
    }
    digest = digestOfMessages(algorithm);
    hash = algorithm;
  }

  /** Whether the hash is fixed. */
  public boolean isSelected() {
    return hash != null;
  }

  /** The messages are no longer kept. */
  public void forgetMessages() {
    selected();
    messages = null;
  }

  /**
   * All messages one after the other, as TLS 1.2's CertificateVerify signs them: RFC 5246, Section
   * 7.4.8.
   *
   * @throws IllegalStateException if they are no longer kept
   */
  public byte[] messages() {
    List<Opaque> kept = kept();
    byte[] all = new byte[kept.stream().mapToInt(Opaque::length).sum()];
    int at = 0;
    for (Opaque message : kept) {
      message.copyTo(all, at);
      at += message.length();
    }
    return all;
  }

  /** Transcript-Hash of all messages so far; more may follow. */
  public byte[] hash() throws TlsException {
    if (current == null) {
      current = copy(selected()).digest();
    }
    return current.clone();
  }

  /** Transcript-Hash of all messages so far and of {@code more}, which is not added. */
  public byte[] hashWith(Opaque more) throws TlsException {
    MessageDigest fork = copy(selected());
    update(fork, more);
    return fork.digest();
  }

  /**
   * The same under a hash that need not be selected yet: a client binds each PSK to its ClientHello
   * under the PSK's own hash.
   *
   * @throws IllegalStateException if another hash has been selected
   */
  public byte[] hashWith(HashAlgorithm algorithm, Opaque more) throws TlsException {
    if (hash != null && hash != algorithm) {
      throw new IllegalStateException("The transcript's hash is " + hash);
    }
    MessageDigest fork = digest == null ? digestOfMessages(algorithm) : copy(digest);
    update(fork, more);
    return fork.digest();
  }

  /**
   * Puts a message_hash in the place of the first ClientHello. RFC 8446, Section 4.4.1: "when the
   * server responds to a ClientHello with a HelloRetryRequest, the value of ClientHello1 is
   * replaced with a special synthetic handshake message". To be called after {@link #select} and
   * before the HelloRetryRequest is added.
   */
  public void replaceByMessageHash() {
    MessageDigest running = selected();
    if (count != 1 || messages != null) {
      throw new IllegalStateException("Only a lone ClientHello becomes a message_hash");
    }
    current = null;
    byte[] clientHello = running.digest();
    running.update((byte) HandshakeType.MESSAGE_HASH.code());
    running.update((byte) 0);
    running.update((byte) 0);
    running.update((byte) clientHello.length);
    running.update(clientHello);
    count++;
  }

  private MessageDigest selected() {
    if (digest == null) {
      throw new IllegalStateException("The transcript's hash is not chosen yet");
    }
    return digest;
  }

  private List<Opaque> kept() {
    if (messages == null) {
      throw new IllegalStateException("The transcript's messages are not kept");
    }
    return messages;
  }

  private MessageDigest digestOfMessages(HashAlgorithm algorithm) throws TlsException {
    MessageDigest fresh = digests.digest(algorithm);
    for (Opaque message : kept()) {
      update(fresh, message);
    }
    return fresh;
  }

  private static void update(MessageDigest digest, Opaque message) {
    digest.update(message.array(), message.offset(), message.length());
  }

  private static MessageDigest copy(MessageDigest digest) throws TlsException {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw TlsException.internal("The provider's hash cannot be cloned", e);
    }
  }
}
