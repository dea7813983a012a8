/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses a server's identity by the name that the client asks for, else the first that fits. */
final class ServerNameKeyManager extends X509ExtendedKeyManager {
  private static final int DNS_NAME = 2;

  private final List<ServerIdentity> identities;

  ServerNameKeyManager(List<ServerIdentity> identities) {
    this.identities = List.copyOf(identities);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    List<ServerIdentity> fitting =
        identities.stream()
            .filter(each -> each.certificate().getPublicKey().getAlgorithm().equals(keyType))
            .toList();
    String name = serverName(engine);
    return fitting.stream()
        .filter(each -> names(each).stream().anyMatch(pattern -> matches(pattern, name)))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .map(each -> Integer.toString(identities.indexOf(each)))
        .orElse(null);
  }

  private static String serverName(SSLEngine engine) {
    return engine.getHandshakeSession() instanceof ExtendedSSLSession session
        ? session.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(each -> ((SNIHostName) each).getAsciiName().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("")
        : "";
  }

  private static List<String> names(ServerIdentity identity) {
    try {
      @Nullable Collection<List<?>> names = identity.certificate().getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(each -> each.getFirst().equals(DNS_NAME))
              .map(each -> each.get(1).toString().toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException _) {
      return List.of();
    }
  }

  /** RFC 6125, Section 6.4.3: a wildcard stands for one label, the leftmost. */
  static boolean matches(String pattern, String name) {
    return pattern.startsWith("*.")
        ? name.indexOf('.') > 0 && name.substring(name.indexOf('.')).equals(pattern.substring(1))
        : pattern.equals(name);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }
}
