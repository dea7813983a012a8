/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Redis of one's own on a free loopback port, which keeps nothing on disk. A shell holds it, and
 * ends it, and removes the directory, when this process is gone, however that came about.
 */
public final class LocalRedis implements AutoCloseable {
  /**
   * Signals may be for everybody in a terminal or a group; the shell waits until its input ends.
   */
  private static final String GUARD =
      """
      trap '' INT HUP TERM
      directory=$1; shift
      "$@" </dev/null >"$directory/redis.log" 2>&1 &
      redis=$!
      echo $redis
      cat >/dev/null
      kill $redis 2>/dev/null
      wait $redis
      rm -rf "$directory"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOOK_EVERY_MILLIS = 20;

  private final Path directory;
  private final Path executable;
  private final int port;
  private final List<Process> guards = new ArrayList<>();
  private ProcessHandle redis;

  private LocalRedis(Path directory, Path executable, int port) throws IOException {
    this.directory = directory;
    this.executable = executable;
    this.port = port;
    this.redis = run();
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param directory of its own, removed in the end with all that is in it
   */
  public static LocalRedis start(Path directory) throws IOException {
    Path executable = RedisExecutable.find(System.getenv("PATH"), directory);
    LocalRedis made = new LocalRedis(directory, executable, freePort());
    try {
      made.awaitAnswer();
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** Where it listens, also while it does not run. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Ends it as a crash would, with all that it holds. */
  public synchronized void kill() {
    redis.destroyForcibly();
    awaitEnd(redis);
  }

  /** Starts it again, empty. */
  public synchronized void startAgain() throws IOException {
    redis = run();
    awaitAnswer();
  }

  private ProcessHandle run() throws IOException {
    Process guard =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    guards.add(guard);
    String pid =
        new BufferedReader(new InputStreamReader(guard.getInputStream(), US_ASCII)).readLine();
    if (pid == null) {
      throw new IOException("There is no shell to run Redis in (sh); see that it is in the PATH");
    }
    long number = Long.parseLong(pid.strip());
    return ProcessHandle.of(number).orElseThrow(() -> new IOException(notRunning()));
  }

  private List<String> command() {
    return List.of(
        "sh",
        "-c",
        GUARD,
        "sh",
        directory.toString(),
        executable.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        InetAddress.getLoopbackAddress().getHostAddress(),
        "--dir",
        directory.toString(),
        "--save",
        "",
        "--appendonly",
        "no");
  }

  private void awaitAnswer() throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!redis.isAlive() || System.nanoTime() - until > 0) {
        throw new IOException(notRunning());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while Redis starts", e);
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("+PONG");
    } catch (IOException _) {
      return false;
    }
  }

  private String notRunning() {
    return executable + " does not start on port " + port + "; try whether it runs by itself";
  }

  /** It is taken at once, so hardly by somebody else. */
  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public synchronized void close() {
    for (Process guard : guards) {
      try {
        guard.getOutputStream().close();
      } catch (IOException _) {
        // It has ended already.
      }
    }
    guards.forEach(guard -> awaitEnd(guard.toHandle()));
  }
}
