/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.wire.Opaque;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trusts every peer, unless the flags say otherwise: chains are not what the runner tests. */
final class RunnerTrust implements PeerTrust {
  private final Settings settings;
  private boolean asked;

  RunnerTrust(Settings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized void check(List<X509Certificate> chain, String authenticationType)
      throws CertificateException {
    if (asked) {
      throw new CertificateException("Asked twice in one connection");
    }
    asked = true;
    // A client that does not verify its peer goes on whatever the verdict is.
    boolean counts = settings.verifyPeer || settings.requireAnyClientCertificate;
    if (settings.verifyFail && counts) {
      throw new CertificateException("The flags refuse every certificate");
    }
  }

  /** The runner has one chain of 51. */
  @Override
  public int longestChain() {
    return 100;
  }

  @Override
  public List<Opaque> acceptedAuthorities() {
    return names(settings.useClientCaList);
  }

  /** Names in hexadecimal, with commas between them. */
  static List<Opaque> names(@Nullable String list) {
    List<Opaque> names = new ArrayList<>();
    if (list != null && !list.startsWith("<")) {
      for (String name : list.split(",", -1)) {
        names.add(Opaque.ofHex(name));
      }
    }
    return names;
  }

  @Override
  public List<Opaque> anchors() {
    try {
      return settings.trustCert == null || settings.trustCert.isEmpty()
          ? List.of(Opaque.copyOf((byte) 1))
          : Pem.blocks(settings.trustCert);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
