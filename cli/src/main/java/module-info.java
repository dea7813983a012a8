/* Reprise. Apache-2.0; see LICENSE. */
/** The command line. */
module dev.reprise.cli {
  requires static transitive org.jspecify;
  requires transitive dev.reprise.gateway;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires java.logging;
  requires java.management;
  requires jdk.httpserver;

  // The benchmarks start fleets, too.
  exports dev.reprise.cli.local;

  provides System.LoggerFinder with
      dev.reprise.cli.StandardErrorLoggers;

  // picocli sets the options' fields.
  opens dev.reprise.cli to
      info.picocli;
}
