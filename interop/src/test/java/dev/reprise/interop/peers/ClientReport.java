/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of its connections.
 *
 * @param answer the body of the last answer, or all that it wrote
 * @param resumed how many connections resumed, in its own words; null where it does not tell
 * @param protocol what ALPN agreed on; null where it does not tell
 * @param complained whether it took the last connection for broken
 * @param log all else, for whoever looks for an error
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares reports.
record ClientReport(
    byte[] answer,
    @Nullable Integer resumed,
    @Nullable String protocol,
    boolean complained,
    String log) {

  void confirm(byte[] body, int wantedResumed, boolean alpn) {
    assertEquals(
        Content.sha256(body), Content.sha256(answer), () -> "it got something else: " + log);
    assertFalse(complained, log);
    if (resumed != null) {
      assertEquals(wantedResumed, resumed, () -> "resumed, says the peer: " + log);
    }
    if (alpn && protocol != null) {
      assertEquals("http/1.1", protocol, () -> "ALPN, says the peer: " + log);
    }
  }

  @Override
  public String toString() {
    return "complained: " + complained + ", log: " + log;
  }
}
