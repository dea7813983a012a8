/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.wire.Opaque;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate chain with the key of its leaf, encoded once and used for every handshake.
 *
 * @param key the leaf's private key; it may live in a device
 * @param certificates the chain, leaf first
 * @param encoded the same as DER
 * @param scopeIdentity what stands for this identity in the resumption scope: sessions made under
 *     one identity are resumed only under an equal one
 * @param formerScopeIdentities what stood for it before its certificates were renewed, as long as
 *     sessions of then are to be resumed
 */
public record Identity(
    PrivateKey key,
    List<X509Certificate> certificates,
    List<Opaque> encoded,
    Opaque scopeIdentity,
    List<Opaque> formerScopeIdentities) {

  public Identity {
    certificates = List.copyOf(certificates);
    encoded = List.copyOf(encoded);
    formerScopeIdentities = List.copyOf(formerScopeIdentities);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("A certificate chain has at least its leaf");
    }
  }

  /** One that came after none. */
  public Identity(
      PrivateKey key,
      List<X509Certificate> certificates,
      List<Opaque> encoded,
      Opaque scopeIdentity) {
    this(key, certificates, encoded, scopeIdentity, List.of());
  }

  /** The identity whose scope is the SHA-256 of its leaf certificate. */
  public static Identity of(PrivateKey key, List<X509Certificate> chain)
      throws CertificateEncodingException {
    List<Opaque> encoded = new ArrayList<>(chain.size());
    for (X509Certificate certificate : chain) {
      encoded.add(Opaque.takeOver(certificate.getEncoded()));
    }
    return new Identity(key, chain, encoded, sha256(encoded.getFirst()));
  }

  /** The same, bound to another scope: a virtual host's whole set of certificates, for example. */
  public Identity withScopeIdentity(Opaque identity) {
    return new Identity(key, certificates, encoded, identity);
  }

  /** The same, under which sessions of former scopes are resumed too. */
  public Identity after(List<Opaque> former) {
    return new Identity(key, certificates, encoded, scopeIdentity, former);
  }

  public PublicKey publicKey() {
    return certificates.getFirst().getPublicKey();
  }

  /** Names the leaf, never the key. */
  @Override
  public String toString() {
    return "Identity[" + certificates.getFirst().getSubjectX500Principal() + "]";
  }

  private static Opaque sha256(Opaque bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.array(), bytes.offset(), bytes.length());
      return Opaque.takeOver(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
