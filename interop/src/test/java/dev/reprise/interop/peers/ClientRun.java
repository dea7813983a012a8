/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client that is a program, from its start to its end.
 *
 * @param out what it wrote, byte by byte
 * @param log what it wrote as text, errors first
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record ClientRun(int exit, byte[] out, String log) {
  /** Its input is left open until it ends, since some end with that. */
  static ClientRun of(List<String> command, byte[] input, Path directory)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    Thread writer = Thread.ofVirtual().start(() -> write(process.getOutputStream(), input));
    if (!process.waitFor(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(command + " does not end: " + text(errors) + text(out));
    }
    writer.join();
    return new ClientRun(process.exitValue(), Files.readAllBytes(out), text(errors) + text(out));
  }

  private static void write(OutputStream to, byte[] input) {
    try {
      to.write(input);
      to.flush();
    } catch (IOException _) {
      // It has ended; what it wrote will tell.
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** The body of the last answer of HTTP among what it wrote. */
  byte[] lastBody() throws IOException {
    String all = new String(out, StandardCharsets.ISO_8859_1);
    int start = all.lastIndexOf("HTTP/1.1 200 OK\r\n");
    return start < 0
        ? new byte[0]
        : Http.read(new ByteArrayInputStream(Arrays.copyOfRange(out, start, out.length))).body();
  }

  boolean says(String text) {
    return log.contains(text);
  }

  int count(String text) {
    return log.split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }
}
