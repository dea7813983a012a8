/* Reprise. Apache-2.0; see LICENSE. */
/** A TLS terminating gateway. */
module dev.reprise.gateway {
  requires static transitive org.jspecify;
  requires transitive dev.reprise.fleet;
  requires transitive dev.reprise.jsse;
  requires com.fasterxml.jackson.annotation;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires tools.jackson.databind;

  exports dev.reprise.gateway;

  // The built-in backend's JSON is made from a record.
  opens dev.reprise.gateway to
      tools.jackson.databind;
}
