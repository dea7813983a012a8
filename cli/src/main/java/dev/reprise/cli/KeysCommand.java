/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reprise keys}: what an operator does with files of ticket keys. */
@Command(
    name = "keys",
    description = {
      "Makes, shows and converts the ticket key files of nginx, haproxy, httpd and envoy; makes the"
          + " key of a fleet, and rotates its ticket keys at once.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeysGenerateCommand.class,
      KeysInspectCommand.class,
      KeysConvertCommand.class,
      KeysFleetCommand.class,
      KeysRotateCommand.class
    },
    footer = {
      "",
      "Files are written with mode 0600, and read only if other users may not read them.",
      "Exit codes: 0 fine, 1 failed at run time, 2 wrong usage or a file that cannot be used."
    })
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "No command was given; there are generate, inspect, convert, fleet and rotate");
  }
}
