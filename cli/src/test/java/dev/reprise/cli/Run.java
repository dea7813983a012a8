/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command line that ends by itself wrote and how it ended. */
record Run(int exitCode, String out, String error) {
  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    int exitCode = command.execute(arguments);
    return new Run(exitCode, out.toString(), error.toString());
  }
}
