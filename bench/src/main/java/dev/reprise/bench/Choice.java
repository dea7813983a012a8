/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Whom and what to measure.
 *
 * @param peers for handshakes
 * @param openSsl whether libssl is measured beside them, where it can be compiled against
 */
record Choice(
    List<Peer> peers, List<Group> groups, List<Certificate> certificates, boolean openSsl) {
  private static final String OPENSSL = "openssl";

  /** What a first look is about; all of it takes half an hour. */
  static final Choice QUICK =
      new Choice(
          List.of(Peer.REPRISE, Peer.REPRISE_JDK, Peer.SUNJSSE, Peer.SUNJSSE_CORRETTO, Peer.NETTY),
          List.of(Group.X25519),
          List.of(Certificate.ECDSA),
          true);

  static final Choice ALL =
      new Choice(
          List.of(Peer.values()), List.of(Group.values()), List.of(Certificate.values()), true);

  List<HandshakeLine> handshakes() {
    return HandshakeLine.of(groups, certificates);
  }

  Choice withPeers(String names) {
    List<String> all = List.of(names.split(",", -1));
    String java = String.join(",", all.stream().filter(name -> !name.equals(OPENSSL)).toList());
    return new Choice(
        java.isEmpty() ? List.of() : named(java, Peer.values()),
        groups,
        certificates,
        all.contains(OPENSSL));
  }

  Choice withGroups(String names) {
    return new Choice(peers, named(names, Group.values()), certificates, openSsl);
  }

  Choice withCertificates(String names) {
    return new Choice(peers, groups, named(names, Certificate.values()), openSsl);
  }

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  private static <T extends Enum<T>> List<T> named(String names, T[] all) {
    return Arrays.stream(names.split(",", -1)).map(name -> one(name, all)).distinct().toList();
  }

  private static <T extends Enum<T>> T one(String name, T[] all) {
    for (T each : all) {
      if (title(each).equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "there is no "
            + name
            + "; choose among "
            + String.join(",", Arrays.stream(all).map(Choice::title).toList()));
  }

  static String title(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
