/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.conscrypt.Conscrypt;

/** Conscrypt. */
class ConscryptClientTest extends ClientPeerTest {
  ConscryptClientTest() {
    super(Peer.CONSCRYPT, Limits.NONE);
  }

  @Override
  String version() {
    return ConscryptServerTest.VERSION;
  }

  /** It has tickets only where it is told to. */
  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws IOException {
    return new JsseClient(
            Conscrypt.newProvider(),
            setup,
            socket -> Conscrypt.setUseSessionTickets(socket, setup.tickets() != Setup.Tickets.NONE))
        .connect(port, body, times);
  }
}
