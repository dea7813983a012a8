/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.Identity;
import dev.reprise.engine.wire.Opaque;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the runner hands over in files. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN [^-]+-----(.+?)-----END", Pattern.DOTALL);

  private Pem() {}

  static Identity identity(String certificateFile, String keyFile)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Opaque der : blocks(certificateFile)) {
      chain.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.toArray())));
    }
    return Identity.of(key(keyFile, chain.getFirst()), chain);
  }

  private static PrivateKey key(String file, X509Certificate leaf)
      throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(leaf.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(blocks(file).getFirst().toArray()));
  }

  /** The content of each block of a file. */
  static List<Opaque> blocks(String file) throws IOException {
    List<Opaque> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of(file)));
    while (matcher.find()) {
      blocks.add(Opaque.takeOver(Base64.getMimeDecoder().decode(matcher.group(1))));
    }
    return blocks;
  }
}
