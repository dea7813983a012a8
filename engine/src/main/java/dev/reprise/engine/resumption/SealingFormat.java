/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.nio.charset.StandardCharsets;

/**
 * What sessions are sealed into. Each has a key of its own, derived with its label. RFC 5077,
 * Section 5.5: "The keys should be changed if the ticket format or cryptographic protection
 * algorithms change."
 */
enum SealingFormat {
  /** Goes to the client. */
  TICKET("reprise ticket 1 XAES-256-GCM"),
  /** Goes to a store that other nodes read, and that others may read too. */
  STORED_SESSION("reprise stored session 1 XAES-256-GCM");

  private final String label;

  SealingFormat(String label) {
    this.label = label;
  }

  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
