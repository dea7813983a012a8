/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

/** What the gateway tells its connections. */
enum GatewayEvent {
  /** The gateway is stopping: finish what is under way, and begin nothing. */
  DRAIN
}
