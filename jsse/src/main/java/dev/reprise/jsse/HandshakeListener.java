/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

/**
 * Hears of the end of every handshake of a context, once each. It is called by the thread that
 * drives the connection, while that holds the connection's lock, and so must be quick. What it
 * throws goes to that thread's handler of uncaught exceptions and does the connection no harm.
 */
@FunctionalInterface
public interface HandshakeListener {
  /** Hears nothing. */
  HandshakeListener NONE = _ -> {};

  /** A handshake is complete, or has failed. */
  void onHandshake(HandshakeEvent event);
}
