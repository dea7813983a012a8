/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.io.IOException;

/** An address that cannot be listened on now, mostly because another process does. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient HostPort address;

  ListenException(HostPort address, Throwable cause) {
    super("Cannot listen on " + address + " (" + Reason.of(cause) + ")", cause);
    this.address = address;
  }

  public HostPort address() {
    return address;
  }
}
