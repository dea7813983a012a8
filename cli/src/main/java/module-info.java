/* Reprise. Apache-2.0; see LICENSE. */
/** The command line. */
module dev.reprise.cli {
  requires dev.reprise.gateway;
  requires info.picocli;
  requires java.logging;
  requires static org.jspecify;

  provides System.LoggerFinder with
      dev.reprise.cli.StandardErrorLoggers;

  // picocli sets the options' fields.
  opens dev.reprise.cli to
      info.picocli;
}
