/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.wire.Cookie;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.RetryKeyShare;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/** A client's answer to a HelloRetryRequest: RFC 8446, Section 4.1.4. */
final class Tls13ClientRetry {
  private Tls13ClientRetry() {}

  static HandshakeState retry(
      ClientHandshake handshake,
      ClientExpectServerHello before,
      ServerHello request,
      CipherSuite suite,
      Opaque encoded)
      throws TlsException {
    if (before.retrySuite() != null) {
      throw TlsException.unexpectedMessage("A second HelloRetryRequest");
    }
    NamedGroup group = group(handshake, request);
    Cookie cookie = request.extensions().find(Cookie.class);
    if (group == null && cookie == null) {
      // "Clients MUST abort the handshake with an "illegal_parameter" alert if the
      // HelloRetryRequest would not result in any change in the ClientHello."
      throw TlsException.illegalParameter("The HelloRetryRequest changes nothing");
    }
    handshake.transcript.select(suite.hash());
    handshake.transcript.replaceByMessageHash();
    handshake.transcript.add(encoded);
    // Appendix D.4: a ChangeCipherSpec goes before the second flight, here the second hello.
    handshake.out.sendChangeCipherSpec();
    handshake.retry(group, cookie, keepsPsk(handshake, suite));
    return new ClientExpectServerHello(handshake, suite);
  }

  /**
   * Section 4.2.8: the group "MUST" be one offered, and not one of which a share was sent already.
   */
  private static @Nullable NamedGroup group(ClientHandshake handshake, ServerHello request)
      throws TlsException {
    RetryKeyShare share = request.extensions().find(RetryKeyShare.class);
    if (share == null) {
      return null;
    }
    NamedGroup group = NamedGroup.of(share.group());
    if (group == null
        || !handshake.config.groups().contains(group)
        || handshake.config.crypto().keyExchange(group) == null
        || handshake.share(group) != null) {
      throw TlsException.illegalParameter("The server asks for a share of group " + share.group());
    }
    return group;
  }

  /** Section 4.1.4: PSKs that do not fit the suite's hash "SHOULD NOT" be offered again. */
  private static boolean keepsPsk(ClientHandshake handshake, CipherSuite suite) {
    ClientSession session = handshake.pskSession();
    return session != null && session.session().suite().hash() == suite.hash();
  }
}
