/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the launcher starts. */
public final class BogoShim {
  private BogoShim() {}

  /**
   * {@code serve FILE} stays, and leaves its address in the file.
   *
   * <p>Anything else are the runner's flags.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 2 && arguments[0].equals("serve")) {
      Resident.serve(Path.of(arguments[1]));
      return;
    }
    Shim.Outcome outcome = Shim.run(List.of(arguments));
    System.out.print(outcome.output());
    System.err.print(outcome.error());
    System.exit(outcome.exitCode());
  }
}
