/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.TlsConnection;

/** A whole server, from a client's first byte on. */
public final class ServerTarget {
  private ServerTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Drive _ = run(bytes);
  }

  static Drive run(byte[] bytes) {
    Input input = new Input(bytes);
    Work work = new Work();
    int setup = input.uint8();
    TlsConnection server = TlsConnection.server(Setup.server(setup, BelievingCrypto.create(work)));
    return new Drive(server, work).over(input);
  }
}
