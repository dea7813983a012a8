/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A JVM that stays, so that a test costs no start of one. The launcher hands the arguments of each
 * test over a socket of the loopback: a token that only a reader of the address file has, the
 * number of arguments, each followed by NUL. Back come the exit code, and then the text for
 * standard output (exit code 0) or standard error.
 */
final class Resident {
  private static final int IDLE_MILLIS = 60_000;
  private static final int MOST_ARGUMENTS = 1000;
  private static final int TOKEN_BYTES = 16;

  private final String token;
  private final AtomicInteger running = new AtomicInteger();

  private Resident() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    token = HexFormat.of().formatHex(bytes);
  }

  /** Serves until nobody has asked for anything for a minute. */
  static void serve(Path addressFile) throws IOException {
    new Resident().run(addressFile);
  }

  private void run(Path addressFile) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      listener.setSoTimeout(IDLE_MILLIS);
      publish(addressFile, listener.getLocalPort() + " " + token + "\n");
      while (true) {
        try {
          Socket client = listener.accept();
          running.incrementAndGet();
          Thread.ofPlatform().start(() -> answer(client));
        } catch (SocketTimeoutException _) {
          if (running.get() == 0) {
            return;
          }
        }
      }
    }
  }

  private static void publish(Path addressFile, String address) throws IOException {
    Path unfinished = addressFile.resolveSibling(addressFile.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, address);
    Files.move(unfinished, addressFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private void answer(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      if (!readUntil(in, '\n').equals(token)) {
        return;
      }
      Shim.Outcome outcome = Shim.run(arguments(in));
      String text = outcome.exitCode() + "\n" + outcome.output() + outcome.error();
      client.getOutputStream().write(text.getBytes(ISO_8859_1));
    } catch (IOException | RuntimeException _) {
      // The launcher was killed, or is none; there is nobody to be told.
    } finally {
      running.decrementAndGet();
    }
  }

  private static List<String> arguments(InputStream in) throws IOException {
    int count = Math.min(Integer.parseInt(readUntil(in, '\n')), MOST_ARGUMENTS);
    List<String> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      arguments.add(readUntil(in, '\0'));
    }
    return arguments;
  }

  private static String readUntil(InputStream in, char end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != end; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      bytes.write(next);
    }
    return bytes.toString(ISO_8859_1);
  }
}
