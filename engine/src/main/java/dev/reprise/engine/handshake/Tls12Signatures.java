/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Opaque;

/** What a ServerKeyExchange signs: RFC 8422, Section 5.4. */
final class Tls12Signatures {
  private Tls12Signatures() {}

  static byte[] keyExchangeContent(Opaque clientRandom, Opaque serverRandom, Opaque params) {
    byte[] content = new byte[clientRandom.length() + serverRandom.length() + params.length()];
    clientRandom.copyTo(content, 0);
    serverRandom.copyTo(content, clientRandom.length());
    params.copyTo(content, clientRandom.length() + serverRandom.length());
    return content;
  }
}
