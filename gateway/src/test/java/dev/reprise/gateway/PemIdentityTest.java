/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestAuthority;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PemIdentityTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void readsAnyKindOfKeyInPkcs8(KeyKind kind) throws Exception {
    TestIdentity identity = TestCertificates.server(kind);
    TestIdentity.PemFiles files = identity.writePem(directory, "server");
    ServerIdentity read = PemIdentity.read(files.chain(), files.key());
    assertEquals(identity.chain(), read.chain());
    assertArrayEquals(identity.key().getEncoded(), read.key().getEncoded());
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA_2048", "ECDSA_P256", "ECDSA_P384"})
  void readsTheOlderFormsOfKeys(KeyKind kind) throws Exception {
    TestIdentity identity = TestCertificates.server(kind);
    String pem = kind == KeyKind.RSA_2048 ? pem(identity.key()) : sec1(identity.key());
    assertTrue(pem.startsWith("-----BEGIN " + (kind == KeyKind.RSA_2048 ? "RSA" : "EC")), pem);
    ServerIdentity read =
        PemIdentity.read(
            identity.writePem(directory, "server").chain(), write("older-key.pem", pem));
    assertEquals(identity.chain(), read.chain());
  }

  @Test
  void skipsTheParametersThatSomeToolsPutBeforeAnEcKey() throws Exception {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    String parameters =
        pem(new PemObject("EC PARAMETERS", X9ObjectIdentifiers.prime256v1.getEncoded()));
    Path key = write("key.pem", parameters + sec1(identity.key()));
    assertEquals(
        ((java.security.interfaces.ECPrivateKey) identity.key()).getS(),
        ((java.security.interfaces.ECPrivateKey) PemIdentity.key(key)).getS());
  }

  @Test
  void readsBothFromOneFileWithWordsBetween() throws Exception {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    TestIdentity.PemFiles files = identity.writePem(directory, "server");
    Path both =
        write(
            "both.pem",
            "The key\n"
                + Files.readString(files.key())
                + "and\n"
                + Files.readString(files.chain()));
    assertEquals(identity.chain(), PemIdentity.read(both, both).chain());
  }

  @Test
  void readsAChainInItsOrder() throws Exception {
    TestAuthority below = TestCertificates.authority().intermediate("below", KeyKind.ECDSA_P256);
    TestIdentity identity = below.issue(LeafRequest.server(KeyKind.ECDSA_P256, "a.example"));
    TestIdentity.PemFiles files = identity.writePem(directory, "server");
    List<X509Certificate> chain = PemIdentity.read(files.chain(), files.key()).chain();
    assertEquals(2, chain.size());
    assertEquals(identity.chain(), chain);
  }

  @Test
  void refusesAChainInDisorder() throws Exception {
    TestAuthority below = TestCertificates.authority().intermediate("below", KeyKind.ECDSA_P256);
    TestIdentity identity = below.issue(LeafRequest.server(KeyKind.ECDSA_P256, "a.example"));
    Path key = identity.writePem(directory, "server").key();
    TestIdentity other = TestCertificates.server(KeyKind.ECDSA_P256);
    Path chain =
        write(
            "chain.pem",
            pem(identity.certificate()) + pem(other.certificate()) + pem(below.certificate()));
    refused(
        chain
            + ": certificate 2 is not the issuer of certificate 1; put the server's certificate"
            + " first and each issuer right after what it issued",
        () -> PemIdentity.read(chain, key));
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws Exception {
    for (KeyKind other : List.of(KeyKind.ECDSA_P256, KeyKind.ECDSA_P384, KeyKind.RSA_2048)) {
      Path chain =
          TestCertificates.server(KeyKind.ECDSA_P256).writePem(directory, "server").chain();
      Path key =
          TestCertificates.authority()
              .issue(LeafRequest.server(other, "other.example"))
              .writePem(directory, "other")
              .key();
      refused(
          "The key in "
              + key
              + " is not that of the first certificate in "
              + chain
              + "; pair each certificate with its own key, the server's certificate first",
          () -> PemIdentity.read(chain, key));
    }
  }

  @Test
  void refusesEncryptedKeys() throws Exception {
    PrivateKey key = TestCertificates.server(KeyKind.ECDSA_P256).key();
    char[] password = "secret".toCharArray();
    StringWriter traditional = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(traditional)) {
      writer.writeObject(
          key,
          new JcePEMEncryptorBuilder("AES-128-CBC")
              .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
              .build(password));
    }
    PemObject modern =
        new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                    .setPassword(password)
                    .build())
            .generate();
    for (String pem : List.of(traditional.toString(), pem(modern))) {
      assertTrue(pem.contains("ENCRYPTED"), pem);
      Path path = write("encrypted.pem", pem);
      refused(
          path
              + " holds an encrypted private key; decrypt it first, for example with `openssl pkey"
              + " -in FILE -out PLAIN`, and let only this user read the result",
          () -> PemIdentity.key(path));
    }
  }

  @Test
  void refusesFilesThatAreNotThere() {
    Path missing = directory.resolve("missing.pem");
    refused(missing + " does not exist; check the path", () -> PemIdentity.certificates(missing));
    refused(
        directory + " is a directory; name the PEM file in it", () -> PemIdentity.key(directory));
  }

  @Test
  void refusesFilesThatAreNotPem() throws Exception {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    Path der = Files.write(directory.resolve("der"), identity.certificate().getEncoded());
    refused(
        der
            + " holds no PEM certificate; a file in DER form becomes one with `openssl x509"
            + " -inform der -in FILE`",
        () -> PemIdentity.certificates(der));
    Path key = Files.write(directory.resolve("key.der"), identity.key().getEncoded());
    refused(
        key
            + " holds no PEM private key; a file in DER form becomes one with `openssl pkey"
            + " -inform der -in FILE`",
        () -> PemIdentity.key(key));
    Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
    refused(
        large + " is larger than 1 MiB, so it is no PEM file of certificates and keys",
        () -> PemIdentity.key(large));
  }

  @Test
  void refusesBrokenBlocks() throws Exception {
    Path path =
        write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    ConfigurationException broken =
        assertThrows(ConfigurationException.class, () -> PemIdentity.certificates(path));
    assertTrue(
        String.valueOf(broken.getMessage())
            .startsWith(path + " has a PEM block that cannot be read ("));
    Path cut = write("cut.pem", "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n");
    assertThrows(ConfigurationException.class, () -> PemIdentity.key(cut));
  }

  @Test
  void refusesTwoKeysInAFile() throws Exception {
    String pem = pem(TestCertificates.server(KeyKind.ECDSA_P256).key());
    Path path = write("two.pem", pem + pem);
    refused(path + " holds 2 private keys; leave one in it", () -> PemIdentity.key(path));
  }

  @Test
  void refusesKeysThatNobodyShouldServeWith() throws Exception {
    Path shortKey = write("short.pem", pem(SelfSigned.keys("RSA", 1024).getPrivate()));
    KeyPair rsa = SelfSigned.keys("RSA", 1024);
    Path shortChain =
        write(
            "chain.pem", pem(SelfSigned.of(rsa, "SHA256withRSA", "a.example").chain().getFirst()));
    refused(
        shortKey + " holds an RSA key of 1024 bits; use at least 2048, or an EC key",
        () -> PemIdentity.read(shortChain, shortKey));
    Path wide = write("wide.pem", sec1(SelfSigned.keys("EC", 521).getPrivate()));
    refused(
        wide + " holds an EC key of another curve than P-256 and P-384; use one of these",
        () -> PemIdentity.read(shortChain, wide));
    PrivateKey dsa = SelfSigned.keys("DSA", 2048).getPrivate();
    Path old = write("dsa.pem", pem(new PemObject("PRIVATE KEY", dsa.getEncoded())));
    refused(
        old
            + " holds a private key of the kind 1.2.840.10040.4.1; RSA, EC and Ed25519 keys are"
            + " served",
        () -> PemIdentity.key(old));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** RFC 5915, as OpenSSL writes it: with the curve, which Bouncy Castle's writer leaves out. */
  private static String sec1(PrivateKey key) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
    int bits = ((java.security.interfaces.ECKey) key).getParams().getOrder().bitLength();
    ECPrivateKey whole =
        new ECPrivateKey(bits, bare.getKey(), info.getPrivateKeyAlgorithm().getParameters());
    return pem(new PemObject("EC PRIVATE KEY", whole.getEncoded()));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private static void refused(String sentence, org.junit.jupiter.api.function.Executable reading) {
    assertEquals(sentence, assertThrows(ConfigurationException.class, reading).getMessage());
  }
}
