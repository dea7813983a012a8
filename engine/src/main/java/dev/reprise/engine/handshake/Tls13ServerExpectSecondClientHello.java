/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.EarlyDataIndication;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** After a HelloRetryRequest: the same hello again, with the key share that was asked for. */
record Tls13ServerExpectSecondClientHello(
    Tls13ServerHandshake handshake, ClientOffer first, CipherSuite suite, NamedGroup group)
    implements ServerState {
  /** What RFC 8446, Section 4.1.2 lets a client change; 21 is padding. */
  private static final Set<Integer> MAY_CHANGE =
      Set.of(
          ExtensionType.KEY_SHARE,
          ExtensionType.EARLY_DATA,
          ExtensionType.COOKIE,
          ExtensionType.PRE_SHARED_KEY,
          21);

  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (!(message instanceof ClientHello hello)) {
      throw HandshakeState.unexpected(message, "the second ClientHello");
    }
    ClientOffer second = ClientOffer.of(hello);
    Tls13ClientHelloRules.check(second);
    requireUnchanged(hello);
    if (second.find(EarlyDataIndication.class) != null) {
      // RFC 8446, Section 4.2.10: a client "MUST NOT include the "early_data" extension in its
      // followup ClientHello".
      throw TlsException.illegalParameter("The second ClientHello offers early data");
    }
    return handshake.secondHello(first, second, encoded, suite, group);
  }

  /** No second chance to bring the version down, or anything else that was settled. */
  private void requireUnchanged(ClientHello second) throws TlsException {
    ClientHello hello = first.hello();
    boolean same =
        hello.legacyVersion() == second.legacyVersion()
            && hello.random().equals(second.random())
            && hello.sessionId().equals(second.sessionId())
            && hello.cipherSuites().equals(second.cipherSuites())
            && settled(hello).equals(settled(second));
    if (!same) {
      throw TlsException.illegalParameter("The second ClientHello differs from the first");
    }
  }

  private static List<Extension> settled(ClientHello hello) {
    List<Extension> settled = new ArrayList<>();
    for (Extension extension : hello.extensions().list()) {
      if (!MAY_CHANGE.contains(extension.type())) {
        settled.add(extension);
      }
    }
    return settled;
  }
}
