/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.Digests;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranscriptTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  private static final Opaque CLIENT_HELLO = Opaque.ofHex("01000003aabbcc");
  private static final Opaque RETRY = Opaque.ofHex("02000001ee");
  private static final Opaque SECOND_HELLO = Opaque.ofHex("010000021122");

  /** A window into more, as messages out of a record are. */
  private static final Opaque SERVER_HELLO = Opaque.ofHex("ffff02000002ddeeffff").slice(2, 6);

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void hashesWhatCameBeforeAndAfterTheHashWasChosen(HashAlgorithm hash) throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.add(CLIENT_HELLO);
    transcript.select(hash);
    transcript.add(SERVER_HELLO);
    assertArrayEquals(plain(hash, CLIENT_HELLO, SERVER_HELLO), transcript.hash());
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void startsWithTheHashOfNothing(HashAlgorithm hash) throws TlsException {
    assertArrayEquals(plain(hash), selected(hash).hash());
    assertArrayEquals(plain(hash), EmptyHash.of(hash));
  }

  @Test
  void isNotDisturbedByBeingHashed() throws TlsException {
    Transcript transcript = selected(HashAlgorithm.SHA256);
    transcript.add(CLIENT_HELLO);
    byte[] first = transcript.hash();
    assertArrayEquals(first, transcript.hash());
    transcript.add(SERVER_HELLO);
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO, SERVER_HELLO), transcript.hash());
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO), first);
  }

  @Test
  void isNotDisturbedByAForkThatGoesItsOwnWay() throws TlsException {
    Transcript transcript = selected(HashAlgorithm.SHA256);
    transcript.add(CLIENT_HELLO);
    byte[] fork = transcript.hashWith(RETRY);
    byte[] another = transcript.hashWith(SERVER_HELLO);
    transcript.add(SERVER_HELLO);
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO, RETRY), fork);
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO, SERVER_HELLO), another);
    assertArrayEquals(another, transcript.hash());
  }

  @Test
  void givesAwayNothingThatItStillNeeds() throws TlsException {
    Transcript transcript = selected(HashAlgorithm.SHA256);
    transcript.add(CLIENT_HELLO);
    Arrays.fill(transcript.hash(), (byte) 0);
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO), transcript.hash());
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void bindsUnderAnyHashBeforeOneIsChosen(HashAlgorithm hash) throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    assertArrayEquals(plain(hash, CLIENT_HELLO), transcript.hashWith(hash, CLIENT_HELLO));
    transcript.add(CLIENT_HELLO);
    assertArrayEquals(plain(hash, CLIENT_HELLO, RETRY), transcript.hashWith(hash, RETRY));
    assertArrayEquals(plain(hash, CLIENT_HELLO), transcript.hashWith(hash, Opaque.EMPTY));
  }

  @Test
  void bindsOnlyUnderTheChosenHashOnceThereIsOne() throws TlsException {
    Transcript transcript = selected(HashAlgorithm.SHA384);
    assertArrayEquals(
        plain(HashAlgorithm.SHA384, CLIENT_HELLO),
        transcript.hashWith(HashAlgorithm.SHA384, CLIENT_HELLO));
    assertArrayEquals(plain(HashAlgorithm.SHA384), transcript.hash());
    assertThrows(
        IllegalStateException.class, () -> transcript.hashWith(HashAlgorithm.SHA256, CLIENT_HELLO));
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void putsAMessageHashInThePlaceOfTheFirstClientHello(HashAlgorithm hash) throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.add(CLIENT_HELLO);
    transcript.select(hash);
    transcript.replaceByMessageHash();
    transcript.add(RETRY);
    byte[] bound = transcript.hashWith(SECOND_HELLO);
    transcript.add(SECOND_HELLO);
    transcript.add(SERVER_HELLO);
    Opaque messageHash = messageHash(hash, CLIENT_HELLO);
    assertArrayEquals(plain(hash, messageHash, RETRY, SECOND_HELLO), bound);
    assertArrayEquals(
        plain(hash, messageHash, RETRY, SECOND_HELLO, SERVER_HELLO), transcript.hash());
  }

  @Test
  void hashesAnewOnceTheClientHelloIsAMessageHash() throws TlsException {
    Transcript transcript = selected(HashAlgorithm.SHA256);
    transcript.add(CLIENT_HELLO);
    assertArrayEquals(plain(HashAlgorithm.SHA256, CLIENT_HELLO), transcript.hash());
    transcript.replaceByMessageHash();
    Opaque messageHash = messageHash(HashAlgorithm.SHA256, CLIENT_HELLO);
    assertArrayEquals(plain(HashAlgorithm.SHA256, messageHash), transcript.hash());
  }

  @Test
  void putsAMessageHashOnlyInThePlaceOfALoneClientHello() throws TlsException {
    Transcript nothing = selected(HashAlgorithm.SHA256);
    assertThrows(IllegalStateException.class, nothing::replaceByMessageHash);
    Transcript two = selected(HashAlgorithm.SHA256);
    two.add(CLIENT_HELLO);
    two.add(SERVER_HELLO);
    assertThrows(IllegalStateException.class, two::replaceByMessageHash);
    Transcript twice = selected(HashAlgorithm.SHA256);
    twice.add(CLIENT_HELLO);
    twice.replaceByMessageHash();
    assertThrows(IllegalStateException.class, twice::replaceByMessageHash);
    Transcript early = new Transcript(CRYPTO.digests());
    early.add(CLIENT_HELLO);
    assertThrows(IllegalStateException.class, early::replaceByMessageHash);
  }

  @Test
  void putsNoMessageHashAmongMessagesThatAreKept() throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.add(CLIENT_HELLO);
    transcript.selectAndKeepMessages(HashAlgorithm.SHA256);
    assertThrows(IllegalStateException.class, transcript::replaceByMessageHash);
  }

  @Test
  void refusesToHashBeforeTheHashIsChosen() {
    Transcript transcript = new Transcript(CRYPTO.digests());
    assertThrows(IllegalStateException.class, transcript::hash);
    assertThrows(IllegalStateException.class, () -> transcript.hashWith(CLIENT_HELLO));
  }

  @Test
  void choosesItsHashOnce() throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    assertFalse(transcript.isSelected());
    transcript.selectAndKeepMessages(HashAlgorithm.SHA256);
    assertTrue(transcript.isSelected());
    assertThrows(IllegalStateException.class, () -> transcript.select(HashAlgorithm.SHA384));
    assertThrows(IllegalStateException.class, () -> transcript.select(HashAlgorithm.SHA256));
    transcript.forgetMessages();
    assertTrue(transcript.isSelected());
    assertThrows(IllegalStateException.class, () -> transcript.select(HashAlgorithm.SHA256));
  }

  @Test
  void keepsNoMessageOnceTheHashIsChosen() throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.add(CLIENT_HELLO);
    assertArrayEquals(CLIENT_HELLO.toArray(), transcript.messages());
    transcript.select(HashAlgorithm.SHA256);
    assertThrows(IllegalStateException.class, transcript::messages);
  }

  @Test
  void keepsTheMessagesForWhoeverSignsThemUntilTold() throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.add(CLIENT_HELLO);
    transcript.selectAndKeepMessages(HashAlgorithm.SHA384);
    transcript.add(SERVER_HELLO);
    assertArrayEquals(Opaque.ofHex("01000003aabbcc02000002ddee").toArray(), transcript.messages());
    transcript.forgetMessages();
    assertThrows(IllegalStateException.class, transcript::messages);
    transcript.add(RETRY);
    assertArrayEquals(
        plain(HashAlgorithm.SHA384, CLIENT_HELLO, SERVER_HELLO, RETRY), transcript.hash());
  }

  @Test
  void reportsAProviderWhoseHashCannotBeCloned() throws TlsException {
    Transcript transcript = new Transcript(new Unclonable());
    transcript.select(HashAlgorithm.SHA256);
    TlsException refusal = assertThrows(TlsException.class, transcript::hash);
    assertEquals(AlertDescription.INTERNAL_ERROR, refusal.alert());
  }

  private static Transcript selected(HashAlgorithm hash) throws TlsException {
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.select(hash);
    return transcript;
  }

  /** RFC 8446, Section 4.4.1: the type 254, three bytes of length, the hash. */
  private static Opaque messageHash(HashAlgorithm hash, Opaque clientHello) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {(byte) 254, 0, 0, (byte) hash.length()});
    message.writeBytes(plain(hash, clientHello));
    return Opaque.takeOver(message.toByteArray());
  }

  private static byte[] plain(HashAlgorithm hash, Opaque... messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(messages).forEach(message -> all.writeBytes(message.toArray()));
    return digest(hash == HashAlgorithm.SHA256 ? "SHA-256" : "SHA-384").digest(all.toByteArray());
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Unclonable implements Digests {
    @Override
    public MessageDigest digest(HashAlgorithm algorithm) {
      MessageDigest real = TranscriptTest.digest("SHA-256");
      return new MessageDigest("SHA-256") {
        @Override
        protected void engineUpdate(byte input) {
          real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
          real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
          return real.digest();
        }

        @Override
        protected void engineReset() {
          real.reset();
        }

        @Override
        public Object clone() throws CloneNotSupportedException {
          throw new CloneNotSupportedException();
        }
      };
    }

    @Override
    public Mac hmac(HashAlgorithm algorithm) {
      throw new AssertionError();
    }
  }
}
