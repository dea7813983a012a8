/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate12;
import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateEntry;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both sides and both versions do with certificates. */
final class Certificates {
  /** RFC 5280, Section 4.2.1.3: the first bit of the key usage. */
  private static final int DIGITAL_SIGNATURE = 0;

  private Certificates() {}

  static Certificate13 certificate13(Opaque requestContext, @Nullable Identity identity) {
    List<CertificateEntry> entries = new ArrayList<>();
    for (Opaque certificate : identity == null ? List.<Opaque>of() : identity.encoded()) {
      entries.add(new CertificateEntry(certificate, Extensions.NONE));
    }
    return new Certificate13(requestContext, entries);
  }

  static Certificate12 certificate12(@Nullable Identity identity) {
    return new Certificate12(identity == null ? List.of() : identity.encoded());
  }

  /**
   * RFC 8446, Section 4.4.2: "Extensions in the Certificate message [...] MUST correspond to ones"
   * that were asked for, and we ask for none.
   */
  static List<Opaque> chainOf(Certificate13 message) throws TlsException {
    List<Opaque> chain = new ArrayList<>(message.entries().size());
    for (CertificateEntry entry : message.entries()) {
      if (!entry.extensions().isEmpty()) {
        throw TlsException.misbehaved(
            AlertDescription.UNSUPPORTED_EXTENSION,
            "A certificate has an extension that was not asked for");
      }
      chain.add(entry.certificate());
    }
    return chain;
  }

  /** The peer's chain, which {@code trust} is to be asked about. */
  static List<X509Certificate> parse(List<Opaque> chain, PeerTrust trust) throws TlsException {
    if (chain.size() > trust.longestChain()) {
      throw TlsException.incompatible(
          AlertDescription.BAD_CERTIFICATE,
          "The chain has " + chain.size() + " certificates, which is too many");
    }
    return parse(chain);
  }

  private static List<X509Certificate> parse(List<Opaque> chain) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>(chain.size());
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Opaque encoded : chain) {
        certificates.add(parse(factory, encoded));
      }
    } catch (CertificateException | RuntimeException e) {
      throw new TlsException(
          new TlsFailure.PeerIncompatible(
              AlertDescription.BAD_CERTIFICATE, "A certificate of the chain cannot be read"),
          e);
    }
    return certificates;
  }

  private static X509Certificate parse(CertificateFactory factory, Opaque encoded)
      throws CertificateException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(encoded.array(), encoded.offset(), encoded.length());
    X509Certificate certificate = (X509Certificate) factory.generateCertificate(in);
    if (in.available() > 0) {
      throw new CertificateException("Bytes are left over after the certificate");
    }
    return certificate;
  }

  /** When the first certificate of the chain ends, in milliseconds; never, if there is none. */
  static long earliestNotAfter(List<Opaque> chain) throws TlsException {
    long earliest = Long.MAX_VALUE;
    for (X509Certificate certificate : parse(chain)) {
      earliest = Math.min(earliest, certificate.getNotAfter().toInstant().toEpochMilli());
    }
    return earliest;
  }

  /** Asks whether the client's chain is to be trusted; in a task, since it may take its time. */
  static Pending<Boolean> checkClient(PeerTrust trust, List<X509Certificate> chain) {
    return check(trust, chain, chain.getFirst().getPublicKey().getAlgorithm());
  }

  static Pending<Boolean> check(
      PeerTrust trust, List<X509Certificate> chain, String authenticationType) {
    return Pending.work(() -> {
      try {
        trust.check(chain, authenticationType);
        return true;
      } catch (CertificateException e) {
        throw untrusted(e);
      }
    });
  }

  /**
   * Whether the client of a session is still trusted; true at once unless that is to be asked
   * again. CVE-2025-68121 is what comes of a trust that only full handshakes decide about.
   */
  static Pending<Boolean> recheckClient(ServerConfig config, List<Opaque> remembered) {
    if (!config.recheckPeerOnResumption() || remembered.isEmpty()) {
      return Pending.ready(true);
    }
    return Pending.work(() -> {
      List<X509Certificate> chain = parse(remembered);
      try {
        config.trust().check(chain, chain.getFirst().getPublicKey().getAlgorithm());
        return true;
      } catch (CertificateException _) {
        return false;
      }
    });
  }

  /** The same for the server of a session, except that the connection ends if it is not. */
  static Pending<Boolean> recheckServer(
      ClientConfig config, List<Opaque> remembered, String authenticationType) throws TlsException {
    return config.recheckPeerOnResumption()
        ? check(config.trust(), parse(remembered), authenticationType)
        : Pending.ready(true);
  }

  private static TlsException untrusted(CertificateException e) {
    return new TlsException(
        new TlsFailure.PeerIncompatible(alertFor(e), "The peer's certificate is not trusted"), e);
  }

  private static AlertDescription alertFor(CertificateException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return AlertDescription.CERTIFICATE_EXPIRED;
      }
      if (cause instanceof CertificateRevokedException) {
        return AlertDescription.CERTIFICATE_REVOKED;
      }
    }
    return AlertDescription.CERTIFICATE_UNKNOWN;
  }

  /** Verifies a signature under a scheme that we offered and that fits the certificate's key. */
  static void verify(
      CryptoProvider crypto,
      List<SignatureScheme> offered,
      ProtocolVersion version,
      int schemeCode,
      X509Certificate certificate,
      byte[] content,
      Opaque signature)
      throws TlsException {
    PublicKey key = certificate.getPublicKey();
    SignatureScheme scheme = SignatureScheme.of(schemeCode);
    if (scheme == null || !offered.contains(scheme) || !scheme.usableWith(key, version)) {
      // RFC 8446, Section 4.4.3: "the signature algorithm MUST be one offered".
      throw TlsException.illegalParameter(
          "The signature scheme " + schemeCode + " was not offered or does not fit the key");
    }
    requireForSigning(certificate);
    crypto.signatures().verify(scheme, key, content, signature);
  }

  /**
   * RFC 8446, Section 4.4.2.2 and RFC 5246, Section 7.4.2: "the digitalSignature bit MUST be set if
   * the Key Usage extension is present". Not every trust manager looks.
   */
  private static void requireForSigning(X509Certificate certificate) throws TlsException {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw TlsException.misbehaved(
          AlertDescription.CERTIFICATE_UNKNOWN, "The certificate's key is not for signing");
    }
  }
}
