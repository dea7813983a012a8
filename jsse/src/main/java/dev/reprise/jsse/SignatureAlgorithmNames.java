/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Uint16List;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signature schemes by the names of {@link java.security.Signature}, which is how key and trust
 * managers judge the signatures inside of a chain. A peer may know more of those than we sign with.
 */
final class SignatureAlgorithmNames {
  private SignatureAlgorithmNames() {}

  static String[] of(List<SignatureScheme> schemes) {
    return schemes.stream().map(SignatureScheme::jcaName).distinct().toArray(String[]::new);
  }

  static String[] of(Uint16List codes) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < codes.size(); i++) {
      SignatureScheme scheme = SignatureScheme.of(codes.at(i));
      String name = scheme == null ? foreign(codes.at(i)) : scheme.jcaName();
      if (name != null) {
        names.add(name);
      }
    }
    return names.toArray(new String[0]);
  }

  /** RFC 8446, Section 4.2.3 and RFC 5246, Section 7.4.1.4.1: what we have no use for ourselves. */
  private static @Nullable String foreign(int code) {
    return switch (code) {
      case 0x0201 -> "SHA1withRSA";
      case 0x0203 -> "SHA1withECDSA";
      case 0x0301 -> "SHA224withRSA";
      case 0x0303 -> "SHA224withECDSA";
      case 0x0603 -> "SHA512withECDSA";
      case 0x0808 -> "Ed448";
      default -> null;
    };
  }
}
