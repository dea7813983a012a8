/* Reprise. Apache-2.0; see LICENSE. */
/**
 * TLS itself, sans-I/O, built around session resumption. What an operator configures and extends is
 * exported to all; what drives a connection, to the provider.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // The provider is built after the engine.
module dev.reprise.engine {
  requires static transitive org.jspecify;

  exports dev.reprise.engine.config;
  exports dev.reprise.engine.crypto;
  exports dev.reprise.engine.resumption;
  exports dev.reprise.engine.wire;
  exports dev.reprise.engine to
      dev.reprise.jsse;
  exports dev.reprise.engine.handshake to
      dev.reprise.jsse;
  exports dev.reprise.engine.record to
      dev.reprise.jsse;
  exports dev.reprise.engine.schedule to
      dev.reprise.jsse;
}
