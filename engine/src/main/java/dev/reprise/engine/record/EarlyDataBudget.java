/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.TlsException;

/** How much of the early data that is being skipped may still come. */
final class EarlyDataBudget {
  private final EarlyDataSkip mode;
  private int bytesLeft;

  EarlyDataBudget(EarlyDataSkip mode, int bytes) {
    this.mode = mode;
    this.bytesLeft = bytes;
  }

  EarlyDataSkip mode() {
    return mode;
  }

  /**
   * RFC 8446, Section 4.2.10: records are skipped "up to the configured max_early_data_size". What
   * cannot be opened is counted as it came; an empty record counts as one byte, or an endless row
   * of them would cost the peer nothing of its budget.
   */
  void skip(int payloadLength) throws TlsException {
    bytesLeft -= Math.max(1, payloadLength);
    if (bytesLeft < 0) {
      throw TlsException.unexpectedMessage("More refused early data than may be skipped");
    }
  }
}
