/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Seals whatever bytes there are, as only who has the key can, and gives them to their reader. */
public final class FuzzedPlaintexts {
  private static final int PADDED_TO = 32;
  private static final ClientSessionKey WHOM = new ClientSessionKey("server.example", 443, "");
  private static final byte[] KEY = random(32);
  private static final StekRing RING = ring();
  private static final TicketSealer SEALER =
      new TicketSealer(() -> RING, SeededRandom.of(3), FakeClock.create());
  private static final SealingKeys.Key SEALING =
      Objects.requireNonNull(
          new SealingKeys(() -> RING, SealingFormat.TICKET).current().issuing(0));

  private static final AtomicLong SEALED = new AtomicLong();

  private FuzzedPlaintexts() {}

  /** The ticket with that plaintext, padded as it has to be. */
  public static TicketOpening inTicket(
      byte[] plaintext, ProtocolVersion version, ResumptionScope scope) {
    int length = (plaintext.length + PADDED_TO - 1) / PADDED_TO * PADDED_TO;
    byte[] padded = Arrays.copyOf(plaintext, length);
    byte[] nonce = nonce();
    int head = Stek.NAME_LENGTH + nonce.length;
    byte[] ticket = new byte[head + length + Xaes256Gcm.TAG_LENGTH];
    SEALING.stek().name().copyTo(ticket, 0);
    System.arraycopy(nonce, 0, ticket, Stek.NAME_LENGTH, nonce.length);
    try {
      SEALING
          .cipher()
          .seal(
              Opaque.takeOver(nonce),
              SEALING.additionalData(),
              Opaque.takeOver(padded),
              ticket,
              head);
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
    return SEALER.open(Opaque.takeOver(ticket), version, scope);
  }

  /** A ticket as a client sends it. */
  public static TicketOpening ticket(
      byte[] ticket, ProtocolVersion version, ResumptionScope scope) {
    byte[] named = Arrays.copyOf(ticket, Math.max(ticket.length, Stek.NAME_LENGTH));
    SEALING.stek().name().copyTo(named, 0);
    return SEALER.open(Opaque.takeOver(named), version, scope);
  }

  /** Whether the exported session with that plaintext can be imported. */
  public static boolean exported(byte[] plaintext) {
    byte[] nonce = nonce();
    int head = 1 + nonce.length;
    byte[] bytes = new byte[head + plaintext.length + Xaes256Gcm.TAG_LENGTH];
    bytes[0] = 1;
    System.arraycopy(nonce, 0, bytes, 1, nonce.length);
    try (Xaes256Gcm cipher = Xaes256Gcm.of(KEY)) {
      cipher.seal(
          Opaque.takeOver(nonce),
          ExportedClientSession.madeFor(WHOM),
          Opaque.takeOver(plaintext),
          bytes,
          head);
      ClientSession session = ExportedClientSession.open(bytes, WHOM, KEY);
      if (session != null) {
        session.session().close();
      }
      return session != null;
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  /** What {@link #exported} has to be given for that session. */
  public static byte[] plaintextOf(ClientSession session) {
    return ExportedClientSession.encode(session);
  }

  /** Ciphers refuse to seal twice under one, and know only the last one. */
  private static byte[] nonce() {
    long next = SEALED.incrementAndGet();
    return ByteBuffer.allocate(Xaes256Gcm.NONCE_LENGTH).putLong(next).putLong(16, next).array();
  }

  private static StekRing ring() {
    Opaque name = Opaque.takeOver(random(Stek.NAME_LENGTH));
    Secret secret = Secret.takeOver(Arrays.copyOfRange(random(64), 32, 64));
    return StekRing.of(new Stek(name, secret, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    SeededRandom.of(5).nextBytes(bytes);
    return bytes;
  }
}
