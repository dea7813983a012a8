/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.rfc8448;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.rfc8448.Trace.Sent;
import dev.reprise.engine.rfc8448.Trace.Side;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.testkit.rules.Refuses;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures of the traces, which somebody else made over somebody else's transcript. */
class TraceSignaturesTest {
  private static final CryptoProvider CRYPTO = JcaCryptoProvider.create(new SecureRandom());

  private record Signed(Sent certificate, CertificateVerify verify, Opaque transcriptHash) {}

  @Test
  void findsEverySignature() throws TlsException {
    List<Side> signers = new ArrayList<>();
    for (int section = 3; section <= 7; section++) {
      for (Signed signed : signed(Trace.section(section))) {
        signers.add(signed.certificate().side());
      }
    }
    assertEquals(List.of(Side.SERVER, Side.SERVER, Side.SERVER, Side.CLIENT, Side.SERVER), signers);
  }

  static Stream<Trace> traces() {
    return Trace.all();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void verifiesEachSignatureOverTheTranscript(Trace trace)
      throws TlsException, CertificateException {
    for (Signed signed : signed(trace)) {
      verify(signed, signed.transcriptHash().toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Refuses({"V1", "V3", "V4", "V5"})
  void refusesEachSignatureOverAnotherTranscript(Trace trace) throws TlsException {
    for (Signed signed : signed(trace)) {
      byte[] another = signed.transcriptHash().toArray();
      another[31] ^= 1;
      TlsException refusal = assertThrows(TlsException.class, () -> verify(signed, another));
      assertEquals(AlertDescription.DECRYPT_ERROR, refusal.alert());
    }
  }

  private static void verify(Signed signed, byte[] transcriptHash)
      throws TlsException, CertificateException {
    SignatureScheme scheme = Objects.requireNonNull(SignatureScheme.of(signed.verify().scheme()));
    byte[] content = content(signed.certificate().side(), transcriptHash);
    CRYPTO
        .signatures()
        .verify(scheme, publicKey(signed.certificate()), content, signed.verify().signature());
  }

  /** Every CertificateVerify, with the Certificate and the transcript before it. */
  private static List<Signed> signed(Trace trace) throws TlsException {
    List<Signed> signed = new ArrayList<>();
    Transcript transcript = new Transcript(CRYPTO.digests());
    transcript.select(HashAlgorithm.SHA256);
    Sent before = trace.messages().getFirst();
    for (Sent sent : trace.messages()) {
      HandshakeMessage message = read(sent);
      if (message instanceof ServerHello hello && hello.isHelloRetryRequest()) {
        transcript.replaceByMessageHash();
      }
      if (message instanceof CertificateVerify verify) {
        assertEquals(HandshakeType.CERTIFICATE, before.type());
        signed.add(new Signed(before, verify, Opaque.takeOver(transcript.hash())));
      }
      transcript.add(sent.message());
      before = sent;
    }
    return signed;
  }

  /** RFC 8446, Section 4.4.3: 64 spaces, the context string, a zero byte, the transcript hash. */
  private static byte[] content(Side signer, byte[] transcriptHash) {
    String side = signer == Side.CLIENT ? "client" : "server";
    String prefix = " ".repeat(64) + "TLS 1.3, " + side + " CertificateVerify\0";
    byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(start, start.length + transcriptHash.length);
    System.arraycopy(transcriptHash, 0, content, start.length, transcriptHash.length);
    return content;
  }

  private static PublicKey publicKey(Sent sent) throws TlsException, CertificateException {
    Certificate13 certificate = (Certificate13) read(sent);
    Opaque leaf = certificate.entries().getFirst().certificate();
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(leaf.toArray()))
        .getPublicKey();
  }

  private static HandshakeMessage read(Sent sent) throws TlsException {
    return HandshakeMessages.read(sent.type(), Dialect.TLS13, TlsReader.of(sent.body()));
  }
}
