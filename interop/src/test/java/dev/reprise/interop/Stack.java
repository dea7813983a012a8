/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** An implementation of TLS, as both sides of any cell. */
interface Stack {
  /** A server that has what the cell says and nothing else. */
  SSLEngine server(Cell cell);

  /**
   * A client that would rather have what the cell says, and remembers sessions by {@code port}: two
   * clients with the same one are the same to a server.
   */
  SSLEngine client(Cell cell, int port);

  /** Whether engines ask to be wrapped, by JSSE's rules, when a close_notify waits to be sent. */
  default boolean closesByTheRules() {
    return true;
  }

  /** Makes an engine a server that has what the cell says and nothing else. */
  static SSLEngine restricted(
      SSLEngine engine, Cell cell, List<String> suites, List<String> groups) {
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {cell.version().jsseName()});
    parameters.setCipherSuites(suites.toArray(String[]::new));
    parameters.setNamedGroups(groups.toArray(String[]::new));
    switch (cell.proof()) {
      case NOT_ASKED -> {}
      case DECLINED -> parameters.setWantClientAuth(true);
      case GIVEN -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Makes an engine a client that prefers these groups, and verifies whom it speaks to. */
  static SSLEngine preferring(SSLEngine engine, List<String> groups) {
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {Version.TLS13.jsseName(), Version.TLS12.jsseName()});
    parameters.setNamedGroups(groups.toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
