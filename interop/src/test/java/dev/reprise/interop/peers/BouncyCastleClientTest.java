/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.interop.Version;
import java.io.IOException;
import java.nio.file.Path;

/** Bouncy Castle's provider of JSSE. */
class BouncyCastleClientTest extends ClientPeerTest {
  BouncyCastleClientTest() {
    super(
        Peer.BOUNCY_CASTLE,
        new Limits()
            .with(Feature.TICKET, Version.TLS12, "its clients do not ask for tickets")
            .with(Feature.TICKET, Version.TLS13, "its clients drop NewSessionTicket")
            .with(Feature.STATEFUL_TICKET, "its clients drop NewSessionTicket"));
  }

  @Override
  boolean resumes(Version version) {
    return version == Version.TLS12;
  }

  /** So it does where it would have a ticket else. */
  @Override
  Mechanism mechanism(Setup setup) {
    return setup.isTls12() ? Mechanism.SESSION_ID : super.mechanism(setup);
  }

  @Override
  String version() {
    return "BCJSSE " + BouncyCastleServerTest.provider().getVersionStr();
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws IOException {
    return new JsseClient(BouncyCastleServerTest.provider(), setup, _ -> {})
        .connect(port, body, times);
  }
}
