/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Who may reach the admin listener, and who may change something there.
 *
 * @param allowRemote whether it may listen on an address that other machines reach
 * @param token what a changing call has to present; null: there are none
 */
public record AdminSettings(boolean allowRemote, @Nullable AdminToken token) {
  /** This machine alone, and nobody. */
  public static final AdminSettings DEFAULT = new AdminSettings(false, null);
}
