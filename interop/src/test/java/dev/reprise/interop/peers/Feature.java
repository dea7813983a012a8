/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Version;
import java.util.List;

/** What is tried with each peer: a column of docs/interop.md. */
enum Feature {
  FULL("Full", Version.TLS12, Version.TLS13),
  SESSION_ID("Session ID", Version.TLS12),
  TICKET("Ticket", Version.TLS12, Version.TLS13),
  STATEFUL_TICKET("Stateful ticket", Version.TLS13),
  RETRY("HelloRetryRequest", Version.TLS13),
  CERTIFICATE("Client certificate", Version.TLS12, Version.TLS13),
  ALPN("ALPN", Version.TLS12, Version.TLS13),
  DATA("1 MiB each way", Version.TLS12, Version.TLS13),
  CLOSE("Orderly close", Version.TLS12, Version.TLS13),
  CUT("Abrupt close", Version.TLS12, Version.TLS13);

  private final String title;

  // Immutable in fact; the type cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Version> versions;

  Feature(String title, Version... versions) {
    this.title = title;
    this.versions = List.of(versions);
  }

  String title() {
    return title;
  }

  /** Those that know it. */
  List<Version> versions() {
    return versions;
  }
}
