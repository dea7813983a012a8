/* Reprise. Apache-2.0; see LICENSE. */
/** TLS itself, sans-I/O, built around session resumption. */
@org.jspecify.annotations.NullMarked
module dev.reprise.engine {
  requires static org.jspecify;

  // What an operator configures and extends.
  exports dev.reprise.engine.config;
  exports dev.reprise.engine.crypto;
  exports dev.reprise.engine.resumption;

  // What those speak in, and what drives them.
  exports dev.reprise.engine;
  exports dev.reprise.engine.handshake;
  exports dev.reprise.engine.schedule;
  exports dev.reprise.engine.wire;
}
