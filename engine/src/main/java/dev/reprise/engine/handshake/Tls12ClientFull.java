/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.Tls12Secrets;
import dev.reprise.engine.wire.CertificateRequest12;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.ClientKeyExchange;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's second flight in a full handshake of TLS 1.2. */
final class Tls12ClientFull {
  /** RFC 5246, Section 7.4.4. */
  private static final int RSA_SIGN = 1;

  /** RFC 8422, Section 5.5: for EdDSA as well. */
  private static final int ECDSA_SIGN = 64;

  private final Tls12ClientHandshake hellos;
  private final ClientHandshake handshake;
  private final ClientConfig config;
  private final NamedGroup group;
  private final Opaque serverShare;
  private final List<Opaque> chain;
  private final List<X509Certificate> certificates;
  private final ResumptionOutcome outcome;
  private @Nullable CertificateRequest12 request;

  Tls12ClientFull(
      Tls12ClientHandshake hellos,
      NamedGroup group,
      Opaque serverShare,
      List<Opaque> chain,
      List<X509Certificate> certificates,
      ResumptionOutcome outcome) {
    this.hellos = hellos;
    this.handshake = hellos.handshake;
    this.config = hellos.config;
    this.group = group;
    this.serverShare = serverShare;
    this.chain = chain;
    this.certificates = certificates;
    this.outcome = outcome;
  }

  HandshakeState certificateRequest(CertificateRequest12 message, Opaque encoded)
      throws TlsException {
    if (request != null) {
      throw TlsException.unexpectedMessage("A second CertificateRequest");
    }
    request = message;
    handshake.transcript.add(encoded);
    return new Tls12ClientExpectServerHelloDone(this);
  }

  /** The server's flight is whole: is it to be trusted? */
  HandshakeState serverHelloDone(Opaque encoded) throws TlsException {
    handshake.transcript.add(encoded);
    return Awaiting.answer(
        Certificates.check(config.trust(), certificates, hellos.authenticationType()),
        _ -> answer());
  }

  private HandshakeState answer() throws TlsException {
    CertificateRequest12 asked = request;
    if (asked == null) {
      return keyExchange(null, null);
    }
    List<SignatureScheme> schemes = new ArrayList<>(config.signatureSchemes());
    schemes.removeIf(scheme -> !asks(asked, scheme));
    if (schemes.isEmpty()) {
      return withIdentity(null, null);
    }
    IdentityRequest wanted =
        new IdentityRequest(ProtocolVersion.TLS12, null, schemes, asked.authorities(), null);
    handshake.out.negotiating(
        new Negotiation(
            ProtocolVersion.TLS12, hellos.suite, config.serverName(), asked.signatureSchemes()));
    return Awaiting.answer(
        config.identities().choose(wanted),
        identity -> withIdentity(identity, identity == null ? null : wanted.schemeFor(identity)));
  }

  /**
   * RFC 5246, Section 7.4.4: the key has to be "compatible with certificate_types", and the
   * signature with the schemes.
   */
  private static boolean asks(CertificateRequest12 asked, SignatureScheme scheme) {
    int type =
        switch (scheme.authentication()) {
          case RSA -> RSA_SIGN;
          case ECDSA -> ECDSA_SIGN;
        };
    boolean typed = false;
    for (int i = 0; i < asked.certificateTypes().length(); i++) {
      typed |= asked.certificateTypes().at(i) == type;
    }
    return typed && asked.signatureSchemes().contains(scheme.code());
  }

  /** RFC 5246, Section 7.4.6: a client without a fitting certificate sends an empty list. */
  private HandshakeState withIdentity(@Nullable Identity identity, @Nullable SignatureScheme scheme)
      throws TlsException {
    Identity shown = scheme == null ? null : identity;
    send(Certificates.certificate12(shown));
    return keyExchange(shown, scheme);
  }

  private HandshakeState keyExchange(@Nullable Identity identity, @Nullable SignatureScheme scheme)
      throws TlsException {
    KeyExchange exchange = config.crypto().keyExchange(group);
    if (exchange == null) {
      throw TlsException.internal("The group " + group + " has no key exchange", null);
    }
    KeyShareAnswer answer = exchange.answer(serverShare);
    handshake.out.onEnd(answer.sharedSecret()::close);
    send(new ClientKeyExchange(answer.share()));
    Tls12Prf prf = new Tls12Prf(hellos.suite.hash(), config.crypto());
    Secret main =
        hellos.extendedMasterSecret()
            ? Tls12Secrets.extendedMainSecret(
                prf, answer.sharedSecret(), handshake.transcript.hash())
            : Tls12Secrets.mainSecret(
                prf, answer.sharedSecret(), handshake.random, hellos.hello.random());
    Tls12ClientClosing closing =
        new Tls12ClientClosing(
            hellos, prf, main, group, outcome, chain, identity, null, serverSchemes());
    if (identity == null || scheme == null) {
      return closing.finishFirst();
    }
    byte[] content = handshake.transcript.messages();
    Pending<Opaque> signature =
        Pending.work(() -> config.crypto().signatures().sign(scheme, identity.key(), content));
    return Awaiting.answer(
        signature,
        signed -> {
          send(new CertificateVerify(scheme.code(), signed));
          return closing.finishFirst();
        });
  }

  private Uint16List serverSchemes() {
    return request == null ? Uint16List.of() : request.signatureSchemes();
  }

  private void send(HandshakeMessage message) throws TlsException {
    handshake.transcript.add(handshake.out.send(message));
  }
}
