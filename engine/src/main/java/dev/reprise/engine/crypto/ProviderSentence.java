/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.Provider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which provider does what: {@code "X25519: Conscrypt; P-256: …; the rest: JDK"}. */
final class ProviderSentence {
  /** Those of the JDK, all of which are one to its users. */
  private static final Set<String> JDK = Set.of("SUN", "SunJCE", "SunEC", "SunRsaSign");

  private ProviderSentence() {}

  static String of(JcaProviders providers) {
    Map<String, List<String>> byProvider = new LinkedHashMap<>();
    tasks(providers)
        .forEach((task, provider) ->
            byProvider.computeIfAbsent(name(provider), _ -> new ArrayList<>()).add(task));
    boolean jdkAlone = byProvider.keySet().equals(Set.of("JDK"));
    boolean jdkAtAll = byProvider.remove("JDK") != null;
    List<String> parts = new ArrayList<>();
    byProvider.forEach((name, tasks) -> parts.add(String.join(", ", tasks) + ": " + name));
    if (jdkAtAll) {
      parts.add((jdkAlone ? "everything" : "the rest") + ": JDK");
    }
    return String.join("; ", parts);
  }

  private static Map<String, Provider> tasks(JcaProviders providers) {
    Map<String, Provider> tasks = new LinkedHashMap<>();
    tasks.put("X25519", providers.x25519());
    tasks.put("P-256 and P-384", providers.ellipticCurve());
    tasks.put("ECDSA", providers.ecdsa());
    tasks.put("Ed25519", providers.ed25519());
    tasks.put("RSA", providers.rsa());
    tasks.put("ML-KEM", providers.mlKem());
    Provider direct = providers.directAesGcm();
    if (direct != null) {
      tasks.put("AES-GCM in part", direct);
    }
    tasks.put("AES-GCM", providers.aesGcm());
    tasks.put("ChaCha20-Poly1305", providers.chaCha20Poly1305());
    tasks.put("hashes", providers.digest());
    tasks.put("HMAC", providers.hmac());
    return tasks;
  }

  private static String name(Provider provider) {
    return JDK.contains(provider.getName()) ? "JDK" : provider.getName();
  }
}
