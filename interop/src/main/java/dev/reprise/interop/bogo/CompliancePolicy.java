/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import java.util.List;

/**
 * What the policies that BoringSSL has names for leave of suites, groups and schemes. In Reprise
 * such a policy is the lists that its user configures.
 */
enum CompliancePolicy {
  /** SP 800-52 as of May 2022. */
  FIPS_202205(
      "_(AES_128|AES_256)_GCM_", "SECP(256|384)R1", "RSA_PKCS1_.*|ECDSA_.*|RSA_PSS_RSAE_.*"),

  /** WPA3-Enterprise with 192 bits, as of April 2023. */
  WPA_202304(
      "_AES_256_GCM_",
      "SECP384R1",
      "RSA_PKCS1_SHA(384|512)|ECDSA_SECP384R1_SHA384|RSA_PSS_RSAE_SHA(384|512)");

  private final String suites;
  private final String groups;
  private final String schemes;

  CompliancePolicy(String suites, String groups, String schemes) {
    this.suites = ".*" + suites + ".*";
    this.groups = groups;
    this.schemes = schemes;
  }

  List<CipherSuite> suites() {
    return Defaults.CIPHER_SUITES.stream().filter(each -> each.name().matches(suites)).toList();
  }

  List<NamedGroup> groups() {
    return Defaults.GROUPS.stream().filter(each -> each.name().matches(groups)).toList();
  }

  List<SignatureScheme> schemes() {
    return Defaults.SIGNATURE_SCHEMES.stream()
        .filter(each -> each.name().matches(schemes))
        .toList();
  }
}
