/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.wire.TlsException;

/** A whole client, from a server's first byte on. */
public final class ClientTarget {
  private ClientTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Drive _ = run(bytes);
  }

  static Drive run(byte[] bytes) {
    Input input = new Input(bytes);
    Work work = new Work();
    int setup = input.uint8();
    try {
      TlsConnection client =
          TlsConnection.client(Setup.client(setup, BelievingCrypto.create(work)));
      return new Drive(client, work).over(input);
    } catch (TlsException e) {
      throw new AssertionError("A client begins without a peer", e);
    }
  }
}
