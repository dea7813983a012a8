/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import dev.reprise.testkit.Await;
import dev.reprise.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} of a test's own, on loopback and in a directory of its own, that keeps its
 * port when it is started again. It saves nothing by itself. {@link #ask} goes by a Unix socket, so
 * that it works whatever TLS, users and proxies the test has the others go through.
 */
public final class RealRedis implements AutoCloseable {
  private static final int TRIES = 10;
  private static final String OWN_USER = "testkit";

  private final Path directory;
  private final int port;
  private final String[] arguments;
  private @Nullable RedisProcess process;

  private RealRedis(Path directory, int port, String[] arguments) {
    this.directory = directory;
    this.port = port;
    this.arguments = arguments;
  }

  /**
   * Starts one and returns once it answers.
   *
   * @param configuration lines of redis.conf, such as {@code maxmemory 2mb}
   */
  public static RealRedis start(String... configuration) {
    return start(List.of(configuration));
  }

  /** The same for lines that were made. */
  public static RealRedis start(List<String> configuration) {
    return launch(configuration, "port");
  }

  /**
   * One that speaks TLS only.
   *
   * @param certificate PEM, the leaf first
   * @param key PEM
   */
  public static RealRedis startWithTls(Path certificate, Path key, String... configuration) {
    List<String> lines = new ArrayList<>(List.of(configuration));
    lines.add("port 0");
    lines.add("tls-cert-file " + certificate);
    lines.add("tls-key-file " + key);
    lines.add("tls-ca-cert-file " + certificate);
    lines.add("tls-auth-clients no");
    return launch(lines, "tls-port");
  }

  /** A sentinel, which watches over masters that its configuration names. */
  public static RealRedis startSentinel(String... configuration) {
    return launch(List.of(configuration), "port", "--sentinel");
  }

  // A port that was free may be somebody else's a moment later.
  private static RealRedis launch(
      List<String> configuration, String portSetting, String... arguments) {
    for (int i = 1; ; i++) {
      try {
        Path directory = Files.createTempDirectory("redis");
        RealRedis redis = new RealRedis(directory, FreePorts.next(), arguments);
        redis.configure(configuration, portSetting);
        if (redis.tryToStart()) {
          return redis;
        }
        String log = redis.log();
        redis.close();
        if (i == TRIES || !log.contains("in use")) {
          throw new AssertionError("redis-server does not start: " + log);
        }
      } catch (IOException e) {
        throw new AssertionError("redis-server cannot be started; is it installed?", e);
      }
    }
  }

  private void configure(List<String> configuration, String portSetting) throws IOException {
    List<String> lines = new ArrayList<>(configuration);
    lines.add("bind 127.0.0.1");
    lines.add(portSetting + " " + port);
    lines.add("dir " + directory);
    lines.add("unixsocket " + socket());
    lines.add("user " + OWN_USER + " on nopass ~* &* +@all");
    if (arguments.length == 0) {
      lines.add("save \"\"");
    }
    Files.write(directory.resolve("redis.conf"), lines);
  }

  private boolean tryToStart() throws IOException {
    RedisProcess started =
        RedisProcess.start(
            directory.resolve("redis.conf"), directory.resolve("redis.log"), arguments);
    process = started;
    Await.until("redis-server answers", () -> !started.isAlive() || isReady());
    return started.isAlive();
  }

  private boolean isReady() {
    try {
      return "PONG".equals(ask("PING"));
    } catch (UncheckedIOException _) {
      return false; // Not listening yet, or still loading.
    }
  }

  /** On 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Without TLS and user. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Of the process that runs, or has run last. */
  public long pid() {
    return running().pid();
  }

  /**
   * Has the server carry out a command, as a user who may do everything.
   *
   * @return see {@link RedisConversation}
   * @throws UncheckedIOException if it refuses or is not there; it waits for one that is paused
   */
  public @Nullable Object ask(Object... words) {
    try (RedisConversation conversation = converse()) {
      return conversation.say(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The same for a text. */
  public String askText(Object... words) {
    Object answer = ask(words);
    return answer instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(answer);
  }

  /** The same for bytes that must be there. */
  public byte[] askBytes(Object... words) {
    if (ask(words) instanceof byte[] bytes) {
      return bytes;
    }
    throw new AssertionError("no bytes are the answer to " + words[0]);
  }

  /** The same for a number. */
  public long askNumber(Object... words) {
    return Long.parseLong(askText(words));
  }

  /** A conversation as a user who may do everything, for who has much to ask. */
  public RedisConversation converse() throws IOException {
    RedisConversation conversation =
        RedisConversation.with(UnixDomainSocketAddress.of(directory.resolve("socket")));
    conversation.say("AUTH", OWN_USER, "");
    return conversation;
  }

  /** A field of what INFO says, such as {@code used_memory} of {@code memory}. */
  public String info(String section, String field) {
    String start = field + ":";
    return askText("INFO", section)
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("INFO " + section + " says nothing of " + field))
        .substring(start.length());
  }

  /** Ends it at once (SIGKILL): what it has not saved is lost. */
  public void kill() {
    running().kill();
  }

  /** Has it end by itself (SIGTERM). */
  public void stop() {
    running().stop();
  }

  /** Starts it again where it was, after {@link #kill} or {@link #stop}. */
  public void startAgain() {
    Await.until("redis-server starts again", this::tryToStart);
  }

  /** Has it stand still (SIGSTOP): it takes connections and bytes, and answers nothing. */
  public void pause() {
    signal("STOP");
  }

  /** Has it go on after {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      running().signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it write all that it holds to its RDB file, from which it starts again. */
  public Path save() {
    ask("SAVE");
    return directory.resolve("dump.rdb");
  }

  /** What it has logged. */
  public String log() throws IOException {
    return Files.readString(directory.resolve("redis.log"));
  }

  Path socket() {
    return directory.resolve("socket");
  }

  private RedisProcess running() {
    if (process == null) {
      throw new IllegalStateException("redis-server was never started");
    }
    return process;
  }

  /** Ends it and deletes its files. */
  @Override
  public void close() {
    try {
      if (process != null) {
        process.kill();
      }
      RedisProcess.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
