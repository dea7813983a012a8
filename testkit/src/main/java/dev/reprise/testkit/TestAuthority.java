/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority for tests: a root, or one below a root. What it issued once it keeps,
 * since an RSA key takes long to make.
 *
 * <p>Keys and serials are the same in every run, and so are whole certificates where the authority
 * signs with RSA or Ed25519. An ECDSA signature is another one each time, two bytes shorter or
 * longer at that.
 */
public final class TestAuthority {
  private final String name;
  private final X509Bundle bundle;
  private final Map<LeafRequest, TestIdentity> issued = new ConcurrentHashMap<>();

  private TestAuthority(String name, X509Bundle bundle) {
    this.name = name;
    this.bundle = bundle;
  }

  /** A root of any kind but RSA-PSS; two of different names do not know each other. */
  public static TestAuthority root(String name, KeyKind kind) {
    return made(name, () -> builder(name, kind).buildSelfSigned());
  }

  /** An authority below this one; chains that it issues have two certificates. */
  public TestAuthority intermediate(String below, KeyKind kind) {
    return made(below, () -> builder(below, kind).buildIssuedBy(bundle));
  }

  public TestIdentity issue(LeafRequest request) {
    return issued.computeIfAbsent(request, this::sign);
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return bundle.getCertificate();
  }

  /** The certificate that peers trust: its own, or that of the root above. */
  public X509Certificate root() {
    return bundle.getRootCertificate();
  }

  /** For {@code SSLContext.init}: the JDK's trust managers, trusting {@link #root} alone. */
  public TrustManager[] trustManagers() {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("root", root());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("cannot trust " + name, e);
    }
  }

  /** Writes {@link #root} as PEM to {@code directory/<name>-root.pem} and returns that file. */
  public Path writePem(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve(name + "-root.pem"), Pem.certificates(List.of(root())));
  }

  @Override
  public String toString() {
    return "TestAuthority[" + name + "]";
  }

  private TestIdentity sign(LeafRequest request) {
    try {
      KeyPair keys = request.kind().generate(randomFor(name + request));
      CertificateBuilder builder =
          new CertificateBuilder()
              .secureRandom(randomFor(name + request + "serial"))
              .subject("CN=" + request.names().getFirst())
              .notBefore(request.notBefore())
              .notAfter(request.notAfter())
              .publicKey(keys.getPublic())
              .setKeyUsage(true, keyUsage(request.usage()));
      addNames(builder, request.names());
      switch (request.usage()) {
        case SERVER, ENCIPHERING_SERVER -> builder.addExtendedKeyUsageServerAuth();
        case CLIENT -> builder.addExtendedKeyUsageClientAuth();
      }
      return new TestIdentity(
          keys.getPrivate(), builder.buildIssuedBy(bundle).getCertificatePathList());
    } catch (Exception e) {
      throw new AssertionError("cannot issue " + request, e);
    }
  }

  private static CertificateBuilder.KeyUsage keyUsage(LeafRequest.Usage usage) {
    return switch (usage) {
      case SERVER, CLIENT -> CertificateBuilder.KeyUsage.digitalSignature;
      case ENCIPHERING_SERVER -> CertificateBuilder.KeyUsage.keyEncipherment;
    };
  }

  private static void addNames(CertificateBuilder builder, List<String> names) {
    if (names.stream().anyMatch(each -> each.startsWith("*."))) {
      // The builder takes host names only, and a wildcard is none.
      builder.addExtensionOctetString(SubjectNames.OID, false, SubjectNames.encode(names));
    } else {
      names.forEach(each -> addName(builder, each));
    }
  }

  private static void addName(CertificateBuilder builder, String name) {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    if (address) {
      builder.addSanIpAddress(name);
    } else {
      builder.addSanDnsName(name);
    }
  }

  /** Lets the builder make the key: it would not take one of ours for a root. */
  private static CertificateBuilder builder(String name, KeyKind kind) {
    return new CertificateBuilder()
        .secureRandom(randomFor(name + kind))
        .algorithm(algorithm(kind))
        .subject("CN=" + name)
        .notBefore(LeafRequest.NOT_BEFORE)
        .notAfter(LeafRequest.NOT_AFTER)
        .setIsCertificateAuthority(true)
        .setKeyUsage(
            true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign);
  }

  private static Algorithm algorithm(KeyKind kind) {
    return switch (kind) {
      case ECDSA_P256 -> Algorithm.ecp256;
      case ECDSA_P384 -> Algorithm.ecp384;
      case ED25519 -> Algorithm.ed25519;
      case RSA_2048 -> Algorithm.rsa2048;
      case RSA_PSS_2048 ->
          throw new IllegalArgumentException("no authority here signs with " + kind);
    };
  }

  private static SeededRandom randomFor(String purpose) {
    long seed = 0;
    for (byte each : purpose.getBytes(StandardCharsets.UTF_8)) {
      seed = seed * 0x100000001b3L ^ each;
    }
    return SeededRandom.of(seed);
  }

  /** The certificate builder declares {@code throws Exception}; in a test all of them are bugs. */
  private interface Building {
    X509Bundle build() throws Exception;
  }

  private static TestAuthority made(String name, Building building) {
    try {
      return new TestAuthority(name, building.build());
    } catch (Exception e) {
      throw new AssertionError("cannot make the authority " + name, e);
    }
  }
}
