/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.KeyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every combination that the RFCs allow, of the groups and modes that are asked for. */
final class Cells {
  private static final List<String> TLS13_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private static final List<String> TLS12_CIPHERS =
      List.of("AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256");

  private Cells() {}

  static Stream<Cell> tls13(Set<Group> groups, Set<Mode> modes) {
    List<Cell> cells = new ArrayList<>();
    for (KeyKind key : KeyKind.values()) {
      for (String suite : TLS13_SUITES) {
        groups.forEach(group -> add(cells, Version.TLS13, suite, group, key, modes));
      }
    }
    return cells.stream();
  }

  static Stream<Cell> tls12(Set<Group> groups, Set<Mode> modes) {
    List<Cell> cells = new ArrayList<>();
    for (KeyKind key : KeyKind.values()) {
      for (String cipher : TLS12_CIPHERS) {
        String suite = "TLS_ECDHE_" + authentication(key) + "_WITH_" + cipher;
        groups.forEach(group -> add(cells, Version.TLS12, suite, group, key, modes));
      }
    }
    return cells.stream();
  }

  /** RFC 8422, Section 5.10: an Ed25519 certificate goes with the suites of ECDSA. */
  private static String authentication(KeyKind key) {
    return switch (key) {
      case ECDSA_P256, ECDSA_P384, ED25519 -> "ECDSA";
      case RSA_2048, RSA_PSS_2048 -> "RSA";
    };
  }

  private static void add(
      List<Cell> cells, Version version, String suite, Group group, KeyKind key, Set<Mode> modes) {
    for (ClientProof proof : ClientProof.values()) {
      for (Mode mode : modes) {
        cells.add(new Cell(version, suite, group, key, proof, mode));
      }
    }
  }
}
