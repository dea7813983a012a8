/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;

/**
 * What two engines shall agree on, whoever's they are; AES-128-GCM in any case.
 *
 * @param statelessTickets whether the server seals its sessions into tickets; else it keeps them
 * @param resumed whether a session is resumed in what is measured
 */
record Conditions(
    Protocol protocol,
    Group group,
    Certificate certificate,
    boolean statelessTickets,
    boolean resumed) {

  String cipherSuite() {
    return switch (protocol) {
      case TLS13 -> "TLS_AES_128_GCM_SHA256";
      case TLS12 ->
          switch (certificate) {
            case ECDSA -> "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
            case RSA -> "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
          };
    };
  }

  List<String> groups() {
    return group.names(protocol == Protocol.TLS12);
  }
}
