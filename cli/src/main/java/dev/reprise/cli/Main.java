/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.gateway.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code reprise}. Errors are one sentence on standard error: exit code 2 for what the user can
 * mend on the command line or in a file, 1 for what failed while it ran.
 */
@Command(
    name = "reprise",
    description = "TLS 1.2 and 1.3 for the JVM, built around session resumption.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServeCommand.class, FleetCommand.class, KeysCommand.class},
    footer = {
      "",
      "Every command explains itself: reprise COMMAND --help.",
      "Exit codes: 0 fine, 1 failed at run time, 2 wrong usage."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    Logging.configure();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler((failure, command, _) -> fail(failure, command));
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "No command was given; the first to try is `reprise serve`");
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    return say(
        command,
        Sentences.of(failure) + " (see `" + command.getCommandSpec().qualifiedName() + " --help`)",
        ExitCode.WRONG_USAGE);
  }

  private static int fail(Exception failure, CommandLine command) {
    return switch (failure) {
      case UsageException usage -> say(command, usage.getMessage(), ExitCode.WRONG_USAGE);
      case ConfigurationException wrong -> say(command, wrong.getMessage(), ExitCode.WRONG_USAGE);
      case KeyFileException wrong -> say(command, wrong.sentence(), ExitCode.WRONG_USAGE);
      case IOException io -> say(command, io.getMessage(), ExitCode.FAILED);
      default -> say(command, "This should not have happened: " + failure, ExitCode.FAILED);
    };
  }

  private static int say(CommandLine command, @Nullable String sentence, int exitCode) {
    PrintWriter error = command.getErr();
    error.println("reprise: " + sentence + ".");
    error.flush();
    return exitCode;
  }
}
