/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import javax.net.ssl.SSLEngine;

/** A stack whose clients have the cell's suite alone, for servers that choose by themselves. */
record NarrowClients(Stack stack) implements Stack {
  @Override
  public SSLEngine server(Cell cell) {
    return stack.server(cell);
  }

  @Override
  public SSLEngine client(Cell cell, int port) {
    SSLEngine engine = stack.client(cell, port);
    engine.setEnabledCipherSuites(new String[] {cell.suite()});
    return engine;
  }
}
