/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExporterTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());
  private static final String LABEL = "EXPERIMENTAL reprise";
  private static final byte[] CONTEXT = {1, 2, 3};
  private static final byte[] NOTHING = {};

  static Stream<Exporter> both() throws TlsException {
    return Stream.of(exporter13(), exporter12());
  }

  @Test
  void exportsFromTls13WithTheHashOfTheContext() throws TlsException, GeneralSecurityException {
    byte[] sha384OfNothing = MessageDigest.getInstance("SHA-384").digest();
    byte[] sha384OfContext = MessageDigest.getInstance("SHA-384").digest(CONTEXT);
    byte[] labelled = PlainCrypto.expandLabel("HmacSHA384", secret13(), LABEL, sha384OfNothing, 48);
    assertArrayEquals(
        PlainCrypto.expandLabel("HmacSHA384", labelled, "exporter", sha384OfContext, 100),
        exporter13().export(LABEL, CONTEXT, 100));
  }

  @Test
  void exportsFromTls12WithTheContextUnderItsLength()
      throws TlsException, GeneralSecurityException {
    byte[] seed =
        PlainCrypto.concat(random(1).toArray(), random(2).toArray(), new byte[] {0, 3}, CONTEXT);
    assertArrayEquals(
        PlainCrypto.prf("HmacSHA256", secret12(), LABEL, seed, 100),
        exporter12().export(LABEL, CONTEXT, 100));
  }

  @Test
  void exportsFromTls12WithoutContext() throws TlsException, GeneralSecurityException {
    byte[] seed = PlainCrypto.concat(random(1).toArray(), random(2).toArray());
    assertArrayEquals(
        PlainCrypto.prf("HmacSHA256", secret12(), LABEL, seed, 32),
        exporter12().export(LABEL, null, 32));
  }

  @Test
  void tellsNoContextFromAnEmptyOneOnlyInTls12() throws TlsException {
    assertArrayEquals(
        exporter13().export(LABEL, null, 32), exporter13().export(LABEL, NOTHING, 32));
    assertFalse(
        Arrays.equals(
            exporter12().export(LABEL, null, 32), exporter12().export(LABEL, NOTHING, 32)));
  }

  @ParameterizedTest
  @MethodSource("both")
  void dependsOnLabelAndContext(Exporter exporter) throws TlsException {
    byte[] exported = exporter.export(LABEL, CONTEXT, 32);
    assertArrayEquals(exported, exporter.export(LABEL, CONTEXT, 32));
    assertFalse(Arrays.equals(exported, exporter.export(LABEL + "2", CONTEXT, 32)));
    assertFalse(Arrays.equals(exported, exporter.export(LABEL, new byte[] {1, 2, 4}, 32)));
  }

  @ParameterizedTest
  @MethodSource("both")
  void takesArgumentsUpToTheirBounds(Exporter exporter) throws TlsException {
    assertEquals(1, exporter.export("x", new byte[0xffff], 1).length);
    assertEquals(
        Exporter.MAX_LENGTH, exporter.export("x".repeat(249), null, Exporter.MAX_LENGTH).length);
  }

  @ParameterizedTest
  @MethodSource("both")
  void refusesArgumentsPastTheirBounds(Exporter exporter) {
    refuses(exporter, "", null, 32);
    refuses(exporter, "x".repeat(250), null, 32);
    refuses(exporter, "t\u00e4st", null, 32);
    refuses(exporter, "tab\t", null, 32);
    refuses(exporter, LABEL, new byte[0x10000], 32);
    refuses(exporter, LABEL, null, 0);
    refuses(exporter, LABEL, null, -1);
    refuses(exporter, LABEL, null, Exporter.MAX_LENGTH + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client finished",
        "server finished",
        "master secret",
        "extended master secret",
        "key expansion"
      })
  void refusesTls12sOwnLabels(String label) throws TlsException {
    refuses(exporter12(), label, null, 48);
  }

  @ParameterizedTest
  @MethodSource("both")
  void exportsNothingOnceClosed(Exporter exporter) {
    exporter.close();
    assertThrows(IllegalStateException.class, () -> exporter.export(LABEL, null, 32));
  }

  @Test
  void livesLongerThanTheSessionInTls12() throws TlsException {
    Secret main = Secret.copyOf(secret12());
    Exporter12 exporter =
        Exporter12.of(new Tls12Prf(HashAlgorithm.SHA256, CRYPTO), main, random(1), random(2));
    main.close();
    assertArrayEquals(exporter12().export(LABEL, null, 32), exporter.export(LABEL, null, 32));
    exporter.close();
    assertTrue(main.isClosed());
  }

  private static void refuses(
      Exporter exporter, String label, byte @Nullable [] context, int length) {
    assertThrows(IllegalArgumentException.class, () -> exporter.export(label, context, length));
  }

  private static Exporter13 exporter13() throws TlsException {
    Hkdf hkdf = new Hkdf(HashAlgorithm.SHA384, CRYPTO);
    return new Exporter13(hkdf, Secret.takeOver(secret13()), CRYPTO.digests());
  }

  private static Exporter12 exporter12() throws TlsException {
    return Exporter12.of(
        new Tls12Prf(HashAlgorithm.SHA256, CRYPTO),
        Secret.takeOver(secret12()),
        random(1),
        random(2));
  }

  private static byte[] secret13() {
    byte[] secret = new byte[48];
    Arrays.fill(secret, (byte) 13);
    return secret;
  }

  private static byte[] secret12() {
    byte[] secret = new byte[48];
    Arrays.fill(secret, (byte) 12);
    return secret;
  }

  private static Opaque random(int fill) {
    byte[] random = new byte[32];
    Arrays.fill(random, (byte) fill);
    return Opaque.takeOver(random);
  }
}
