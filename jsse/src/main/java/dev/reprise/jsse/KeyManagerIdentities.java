/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Opaque;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509KeyManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Identities that a key manager chooses, in a task, since it may ask a user or a device. */
final class KeyManagerIdentities implements IdentitySource {
  private final X509KeyManager manager;
  private final IdentityCache cache = new IdentityCache();

  KeyManagerIdentities(X509KeyManager manager) {
    this.manager = manager;
  }

  @Override
  public Identities forServer(Endpoint endpoint) {
    return request -> Pending.work(() -> serverIdentity(request, endpoint));
  }

  @Override
  public Identities forClient(Endpoint endpoint) {
    return request -> Pending.work(() -> clientIdentity(request, endpoint));
  }

  /** One question for each kind of key, in the order in which the schemes are preferred. */
  private @Nullable Identity serverIdentity(IdentityRequest request, Endpoint endpoint)
      throws CertificateEncodingException {
    Principal @Nullable [] issuers = issuers(request.authorities());
    for (String keyType : keyTypes(request.schemes())) {
      Identity identity = fitting(endpoint.serverAlias(manager, keyType, issuers), request);
      if (identity != null) {
        return identity;
      }
    }
    return null;
  }

  /**
   * One question for all kinds of keys, as a user may be asked; if the answer cannot sign (its
   * curve is not one of ours, for example), one for each kind.
   */
  private @Nullable Identity clientIdentity(IdentityRequest request, Endpoint endpoint)
      throws CertificateEncodingException {
    Principal @Nullable [] issuers = issuers(request.authorities());
    String[] keyTypes = keyTypes(request.schemes()).toArray(new String[0]);
    String alias = endpoint.clientAlias(manager, keyTypes, issuers);
    Identity identity = fitting(alias, request);
    if (alias == null || identity != null) {
      return identity;
    }
    for (String keyType : keyTypes) {
      identity = fitting(endpoint.clientAlias(manager, new String[] {keyType}, issuers), request);
      if (identity != null) {
        return identity;
      }
    }
    return null;
  }

  private @Nullable Identity fitting(@Nullable String alias, IdentityRequest request)
      throws CertificateEncodingException {
    if (alias == null) {
      return null;
    }
    PrivateKey key = manager.getPrivateKey(alias);
    X509Certificate[] chain = manager.getCertificateChain(alias);
    if (key == null || chain == null || chain.length == 0) {
      return null;
    }
    Identity identity = cache.identity(key, List.of(chain));
    return request.schemeFor(identity) == null ? null : identity;
  }

  /** The names that the JDK's key managers know kinds of keys by. */
  private static Set<String> keyTypes(List<SignatureScheme> schemes) {
    Set<String> types = new LinkedHashSet<>();
    for (SignatureScheme scheme : schemes) {
      types.add(keyType(scheme));
    }
    return types;
  }

  private static String keyType(SignatureScheme scheme) {
    return switch (scheme) {
      case ECDSA_SECP256R1_SHA256, ECDSA_SECP384R1_SHA384 -> "EC";
      case ED25519 -> "EdDSA";
      case RSA_PSS_RSAE_SHA256,
          RSA_PSS_RSAE_SHA384,
          RSA_PSS_RSAE_SHA512,
          RSA_PKCS1_SHA256,
          RSA_PKCS1_SHA384,
          RSA_PKCS1_SHA512 ->
          "RSA";
      case RSA_PSS_PSS_SHA256, RSA_PSS_PSS_SHA384, RSA_PSS_PSS_SHA512 -> "RSASSA-PSS";
    };
  }

  /** Null if the peer did not say whom it trusts, and so any issuer will do. */
  private static Principal @Nullable [] issuers(List<Opaque> authorities) {
    return authorities.isEmpty()
        ? null
        : authorities.stream()
            .map(name -> new X500Principal(name.toArray()))
            .toArray(Principal[]::new);
  }
}
