/* Reprise. Apache-2.0; see LICENSE. */
/** What the nodes of a fleet share. */
@org.jspecify.annotations.NullMarked
module dev.reprise.fleet {
  requires transitive dev.reprise.engine;
  requires static transitive org.jspecify;
  requires io.github.resilience4j.circuitbreaker;
  requires io.netty.common;
  requires transitive lettuce.core;

  exports dev.reprise.fleet;
  exports dev.reprise.fleet.keyfiles;
}
