/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.FreePorts;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A frontend that runs, on the first processor alone where that can be said. */
final class FrontendProcess implements AutoCloseable {
  private static final int MOST_SECONDS = 30;
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private final Process process;
  private final int port;
  private final Path certificate;

  private FrontendProcess(Process process, int port, Path certificate) {
    this.process = process;
    this.port = port;
    this.certificate = certificate;
  }

  static FrontendProcess start(Frontend frontend, Path directory)
      throws IOException, InterruptedException {
    TestIdentity.PemFiles identity =
        Certificate.ECDSA.identity().writePem(directory, frontend.title());
    int port = FreePorts.next();
    Path log = directory.resolve(frontend.title() + ".log");
    Process process =
        new ProcessBuilder(onProcessor(0, frontend.command(directory, port, identity)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    FrontendProcess started = new FrontendProcess(process, port, identity.chain());
    started.awaitConnection(log);
    return started;
  }

  int port() {
    return port;
  }

  /** A PEM file. */
  Path certificate() {
    return certificate;
  }

  /** The processor's time that all its threads have taken so far. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks / TICKS_PER_SECOND;
  }

  /** The command, held to one processor if this machine has two and {@code taskset}. */
  static List<String> onProcessor(int number, List<String> command) {
    if (Runtime.getRuntime().availableProcessors() < 2 || !has("taskset")) {
      return command;
    }
    List<String> held = new ArrayList<>(List.of("taskset", "-c", Integer.toString(number)));
    held.addAll(command);
    return held;
  }

  /** Whether there is such a command. */
  static boolean has(String command) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, command))) {
        return true;
      }
    }
    return false;
  }

  private void awaitConnection(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException _) {
        Thread.sleep(50);
      }
    }
    close();
    throw new IOException("A frontend does not listen: " + Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
