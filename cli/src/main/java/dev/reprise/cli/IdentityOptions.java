/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.gateway.CertificateFiles;
import dev.reprise.gateway.ClientCertificates;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.PemIdentity;
import dev.reprise.jsse.ServerIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the gateway proves to be, and what it asks of clients. */
final class IdentityOptions {
  @Option(
      names = "--cert",
      paramLabel = "PEM",
      order = 20,
      description = {
        "The server's certificate and the chain to its root, the server's first. It is watched, as"
            + " --key and --client-ca are, and may be renewed at any time.",
        "Give --cert and --key again for each further certificate: clients get the one that has"
            + " the name they ask for, or else the first. Default: a development certificate for"
            + " localhost."
      })
  private List<Path> certificates = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "PEM",
      order = 21,
      description = "The private key of the --cert at the same place (PKCS #8, PKCS #1 or SEC 1).")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--client-auth",
      paramLabel = "none|want|need",
      order = 22,
      converter = Converters.ClientMode.class,
      description = "Whether clients show a certificate. Default: none.")
  private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;

  @Option(
      names = "--client-ca",
      paramLabel = "PEM",
      order = 23,
      description = "The authorities whose certificates clients may show.")
  private @Nullable Path clientAuthorities;

  List<ServerIdentity> identities() throws UsageException, ConfigurationException {
    if (certificates.size() != keys.size()) {
      throw new UsageException(
          "There are "
              + certificates.size()
              + " --cert and "
              + keys.size()
              + " --key; give one --key for each --cert");
    }
    return files().identities();
  }

  /** What to follow, once the flags are checked. */
  CertificateFiles files() {
    List<CertificateFiles.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      pairs.add(new CertificateFiles.Pair(certificates.get(i), keys.get(i)));
    }
    return new CertificateFiles(pairs, clientAuthorities);
  }

  ClientCertificates clientCertificates() throws UsageException, ConfigurationException {
    if (clientAuthentication == ClientAuthentication.NONE) {
      if (clientAuthorities != null) {
        throw new UsageException(
            "--client-ca has no effect without --client-auth; add --client-auth want or need");
      }
      return ClientCertificates.NONE;
    }
    if (clientAuthorities == null) {
      throw new UsageException(
          "--client-auth "
              + clientAuthentication.name().toLowerCase(Locale.ROOT)
              + " needs --client-ca, a PEM file of the authorities that clients' certificates"
              + " come from");
    }
    return new ClientCertificates(
        clientAuthentication, PemIdentity.certificates(clientAuthorities));
  }
}
