/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the launcher starts. */
public final class BogoShim {
  private BogoShim() {}

  /**
   * {@code --serve FILE} stays, and leaves its address in the file; {@code --scope FILE} counts the
   * tests named on standard input, and {@code --skip FILE} prints what is out of scope, both by
   * that file. Anything else are the runner's flags.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments.length == 2 ? arguments[0] : "") {
      case "--serve" -> Resident.serve(Path.of(arguments[1]));
      case "--scope" -> {
        List<String> tests = new String(System.in.readAllBytes(), UTF_8).lines().toList();
        System.out.println(Scope.read(Path.of(arguments[1])).count(tests));
      }
      case "--skip" -> System.out.println(Scope.read(Path.of(arguments[1])).skip());
      default -> {
        Shim.Outcome outcome = Shim.run(List.of(arguments));
        System.out.print(outcome.output());
        System.err.print(outcome.error());
        System.exit(outcome.exitCode());
      }
    }
  }
}
