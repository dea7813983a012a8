/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.ServerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Reads certificates and private keys (PKCS #8, PKCS #1, SEC 1) from PEM files. A file may hold
 * both: each reader takes what it looks for. Every refusal names the file and the mend.
 */
public final class PemIdentity {
  private PemIdentity() {}

  /** The identity of a chain in one file and its key in another, checked to belong together. */
  public static ServerIdentity read(Path certificates, Path key) throws ConfigurationException {
    ServerIdentity identity = new ServerIdentity(key(key), certificates(certificates));
    IdentityCheck.check(identity, certificates, key);
    return identity;
  }

  /** All certificates of a file, in its order; at least one. */
  public static List<X509Certificate> certificates(Path path) throws ConfigurationException {
    List<X509CertificateHolder> holders = PemFile.read(path).all(X509CertificateHolder.class);
    if (holders.isEmpty()) {
      throw new ConfigurationException(
          path
              + " holds no PEM certificate; a file in DER form becomes one with"
              + " `openssl x509 -inform der -in FILE`");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (X509CertificateHolder holder : holders) {
      chain.add(certificate(holder, path));
    }
    return List.copyOf(chain);
  }

  /** The one private key of a file. */
  public static PrivateKey key(Path path) throws ConfigurationException {
    PemFile file = PemFile.read(path);
    refuseEncrypted(file);
    List<PrivateKeyInfo> keys = new ArrayList<>(file.all(PrivateKeyInfo.class));
    file.all(PEMKeyPair.class).forEach(pair -> keys.add(pair.getPrivateKeyInfo()));
    return switch (keys.size()) {
      case 0 ->
          throw new ConfigurationException(
              path
                  + " holds no PEM private key; a file in DER form becomes one with"
                  + " `openssl pkey -inform der -in FILE`");
      case 1 -> decode(keys.getFirst(), path);
      default ->
          throw new ConfigurationException(
              path + " holds " + keys.size() + " private keys; leave one in it");
    };
  }

  private static void refuseEncrypted(PemFile file) throws ConfigurationException {
    if (!file.all(PKCS8EncryptedPrivateKeyInfo.class).isEmpty()
        || !file.all(PEMEncryptedKeyPair.class).isEmpty()) {
      throw new ConfigurationException(
          file.path()
              + " holds an encrypted private key; decrypt it first, for example with"
              + " `openssl pkey -in FILE -out PLAIN`, and let only this user read the result");
    }
  }

  private static PrivateKey decode(PrivateKeyInfo info, Path path) throws ConfigurationException {
    try {
      return KeyFactory.getInstance(algorithm(info.getPrivateKeyAlgorithm(), path))
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new ConfigurationException(
          path + " holds a private key that cannot be used (" + Reason.of(e) + ")", e);
    }
  }

  private static String algorithm(AlgorithmIdentifier identifier, Path path)
      throws ConfigurationException {
    String oid = identifier.getAlgorithm().getId();
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption.getId())) {
      return "RSA";
    } else if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())) {
      return "RSASSA-PSS";
    } else if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey.getId())) {
      return "EC";
    } else if (oid.equals(EdECObjectIdentifiers.id_Ed25519.getId())) {
      return "Ed25519";
    }
    throw new ConfigurationException(
        path + " holds a private key of the kind " + oid + "; RSA, EC and Ed25519 keys are served");
  }

  private static X509Certificate certificate(X509CertificateHolder holder, Path path)
      throws ConfigurationException {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (CertificateException | RuntimeException e) {
      throw new ConfigurationException(
          path + " holds a certificate that cannot be used (" + Reason.of(e) + ")", e);
    }
  }
}
