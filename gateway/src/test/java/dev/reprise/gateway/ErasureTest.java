/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.jsse.Reprise;
import dev.reprise.testkit.KeyTraces;
import dev.reprise.testkit.MemoryScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Ticket keys and sessions whose time is over are nowhere in a gateway's live objects, nor in its
 * memory outside of the Java heap, however busy it is; and nowhere once it is idle. What searches
 * for them found them before, in the same places and in the same way.
 */
@ResourceLock("process")
@EnabledOnOs(OS.LINUX)
class ErasureTest {
  private static final Pattern HEAP = Pattern.compile("\\[0x([0-9a-f]+), 0x([0-9a-f]+)");

  /** The label under which TicketSealer derives its key: another one would not be found. */
  private static final byte[] FORMAT = "reprise ticket 1 XAES-256-GCM".getBytes(US_ASCII);

  @TempDir private Path directory;

  @Test
  void leavesNothingOfWhatHasEnded() throws Exception {
    try (Child child = new Child()) {
      Visitors visitors = new Visitors(child.sealing, child.storing);
      visitors.once();
      Map<String, byte[]> secrets = derived(child.keys());
      secrets.putAll(visitors.storedSecrets());
      assertFound(child, secrets);
      visitors.start();
      visitors.awaitVisits();
      child.ask("PT25H");
      visitors.awaitVisits();
      child.awaitEndOf(secrets.keySet());
      assertNothingOf(child, secrets, "with traffic");

      // Keys that no dump has seen.
      Set<String> seen = derived(child.keys()).keySet();
      child.ask("PT25H");
      visitors.awaitVisits();
      child.awaitEndOf(seen);
      Map<String, byte[]> later = derived(child.keys());
      visitors.awaitVisits();
      visitors.stop();
      assertEquals(later.keySet(), names(inHeap(child, later)), "what is valid");
      child.ask("PT25H");
      child.awaitEndOf(later.keySet());
      List<MemoryScan.Found> left = inHeap(child, later);
      System.out.printf(
          "Of %d ended keys %d copies are left in freed memory: %s%n",
          later.size() / 2,
          left.size(),
          left.stream()
              .map(each -> each.trace().key() + " " + each.trace().form())
              .sorted()
              .toList());
      assertNothingOf(child, later, "without traffic");
    }
  }

  /** The keys, and what tickets are really sealed under. */
  private static Map<String, byte[]> derived(Map<String, byte[]> keys)
      throws GeneralSecurityException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> key : keys.entrySet()) {
      all.put("key " + key.getKey(), key.getValue());
      HKDFParameterSpec sealing =
          HKDFParameterSpec.ofExtract()
              .addIKM(new SecretKeySpec(key.getValue(), "Generic"))
              .thenExpand(FORMAT, 32);
      all.put("sealing key " + key.getKey(), KDF.getInstance("HKDF-SHA256").deriveData(sealing));
    }
    return all;
  }

  private void assertFound(Child child, Map<String, byte[]> secrets) throws Exception {
    Set<String> found = new TreeSet<>(names(outside(child, secrets)));
    liveObjects(child, secrets).forEach(trace -> found.add(trace.key()));
    assertEquals(new TreeSet<>(secrets.keySet()), found, "what is valid");
  }

  private void assertNothingOf(Child child, Map<String, byte[]> secrets, String when)
      throws Exception {
    assertEquals(List.of(), liveObjects(child, secrets), when);
    assertEquals(List.of(), outside(child, secrets), when);
  }

  private static Set<String> names(List<MemoryScan.Found> found) {
    return found.stream().map(each -> each.trace().key()).collect(Collectors.toSet());
  }

  private static KeyTraces traces(Map<String, byte[]> secrets) {
    return KeyTraces.of(List.copyOf(secrets.keySet()), List.copyOf(secrets.values()));
  }

  /** Of a dump of what is reachable, which collects first. */
  private List<KeyTraces.Trace> liveObjects(Child child, Map<String, byte[]> secrets)
      throws Exception {
    Path file = directory.resolve("heap.hprof");
    Files.deleteIfExists(file);
    String said = child.jcmd("GC.heap_dump", file.toString());
    assertTrue(Files.exists(file), said);
    return MemoryScan.file(file, traces(secrets));
  }

  private static List<MemoryScan.Found> outside(Child child, Map<String, byte[]> secrets)
      throws Exception {
    return memory(child, secrets, false);
  }

  private static List<MemoryScan.Found> inHeap(Child child, Map<String, byte[]> secrets)
      throws Exception {
    return memory(child, secrets, true);
  }

  private static List<MemoryScan.Found> memory(
      Child child, Map<String, byte[]> secrets, boolean inHeap) throws Exception {
    long[] heap = child.heap();
    List<MemoryScan.Region> regions = new ArrayList<>(MemoryScan.regions(child.pid()));
    regions.removeIf(region -> region.isWithin(heap[0], heap[1]) != inHeap);
    return MemoryScan.process(child.pid(), regions, traces(secrets));
  }

  /** The process with the gateways. */
  private static final class Child implements AutoCloseable {
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    final int sealing;
    final int storing;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    Child() throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
                  JAVA_BIN.resolve("java").toString(),
                  "-Xmx128m",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ErasableGateway.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      // A heap dump goes through buffers of the JVM's own, which hold what was valid then. Freed
      // they shall go back to the system, and not stay among what can be handed out again.
      builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
      process = builder.start();
      answers = process.inputReader(UTF_8);
      questions = new PrintStream(process.getOutputStream(), true, UTF_8);
      String[] ports = answer().split(" ", -1);
      sealing = Integer.parseInt(ports[0]);
      storing = Integer.parseInt(ports[1]);
    }

    long pid() {
      return process.pid();
    }

    String ask(String question) throws IOException {
      questions.println(question);
      return answer();
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("The gateway has ended");
      }
      return line;
    }

    /** The live ticket keys by their names. */
    Map<String, byte[]> keys() throws IOException {
      Map<String, byte[]> keys = new LinkedHashMap<>();
      String[] words = ask("keys").trim().split(" ", -1);
      for (int i = 0; i < words.length; i += 2) {
        byte[] secret = HexFormat.of().parseHex(words[i + 1]);
        for (int j = 0; j < secret.length; j++) {
          secret[j] ^= (byte) ErasableGateway.MASK;
        }
        keys.put(words[i], secret);
      }
      return keys;
    }

    /** Until the keys are gone and both gateways were tidied since. */
    void awaitEndOf(Set<String> keys) throws IOException {
      int tidied = Integer.parseInt(ask("tidied"));
      while (keys().keySet().stream().anyMatch(key -> keys.contains("key " + key))
          || Integer.parseInt(ask("tidied")) < tidied + 4) {
        Thread.onSpinWait();
      }
    }

    /** Where the Java heap lies. */
    long[] heap() throws Exception {
      Matcher matcher = HEAP.matcher(jcmd("GC.heap_info"));
      assertTrue(matcher.find());
      return new long[] {
        Long.parseLong(matcher.group(1), 16), Long.parseLong(matcher.group(2), 16)
      };
    }

    String jcmd(String... command) throws Exception {
      List<String> all = new ArrayList<>();
      all.add(JAVA_BIN.resolve("jcmd").toString());
      all.add(Long.toString(pid()));
      all.addAll(List.of(command));
      Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
      String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, jcmd.waitFor(), said);
      return said;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Clients that come back, again and again. */
  private static final class Visitors {
    private final int sealing;
    private final int storing;
    private final Remembering sessions = new Remembering();
    private final SSLContext context =
        Reprise.client().trustManager(new TrustsAll()).sessionStore(sessions).build();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private @Nullable Thread thread;

    Visitors(int sealing, int storing) {
      this.sealing = sealing;
      this.storing = storing;
    }

    /** Each kind of ticket and session is made, and all but those in the store are used. */
    void once() throws IOException {
      for (int i = 0; i < 2; i++) {
        EngineClient.ask(context, sealing, "TLSv1.3");
        EngineClient.ask(context, sealing, "TLSv1.2");
      }
      EngineClient.ask(context, storing, "TLSv1.3");
      EngineClient.ask(context, storing, "TLSv1.2");
    }

    /** What the second gateway has in its store. */
    Map<String, byte[]> storedSecrets() {
      return sessions.secretsOf(storing);
    }

    void start() {
      thread = Thread.ofPlatform().daemon().start(this::comeAndGo);
    }

    private void comeAndGo() {
      try {
        while (!stopped.get()) {
          visit();
        }
      } catch (IOException | RuntimeException e) {
        failure.set(e);
      }
    }

    private void visit() throws IOException {
      try {
        once();
        visits.incrementAndGet();
      } catch (SSLHandshakeException _) {
        // A handshake in which a day goes by misses its deadline.
        failed.incrementAndGet();
      }
    }

    /** Until there were some more. */
    void awaitVisits() {
      int before = visits.get();
      while (visits.get() < before + 3 && failure.get() == null) {
        Thread.onSpinWait();
      }
    }

    void stop() throws Exception {
      stopped.set(true);
      if (thread != null) {
        thread.join();
      }
      Exception e = failure.get();
      if (e != null) {
        throw e;
      }
      assertTrue(failed.get() <= 2, "failed: " + failed);
    }
  }

  /** Keeps sessions, and a copy of the secrets that it was given for ever. */
  private static final class Remembering implements ClientSessionStore {
    private final ClientSessionStore sessions =
        new MemoryClientSessionStore(InstantSource.system());
    private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    Map<String, byte[]> secretsOf(int port) {
      Map<String, byte[]> some = new LinkedHashMap<>(secrets);
      some.keySet().removeIf(name -> ports.getOrDefault(name, 0) != port);
      return some;
    }

    @Override
    public void put(ClientSessionKey key, ClientSession session) {
      byte[] secret = session.session().secret().reveal().clone();
      // What does not fit a version is put back.
      if (secrets.values().stream().noneMatch(known -> Arrays.equals(known, secret))) {
        String name = session.session().version() + " session " + secrets.size();
        secrets.put(name, secret);
        ports.put(name, key.port());
      }
      sessions.put(key, session);
    }

    @Override
    public @Nullable ClientSession take(ClientSessionKey key) {
      return sessions.take(key);
    }

    @Override
    public void remove(ClientSessionKey key, ClientSession session) {
      sessions.remove(key, session);
    }

    @Override
    public void removeAll(ClientSessionKey key) {
      sessions.removeAll(key);
    }
  }

  /** The gateway's certificate is one that it made for itself. */
  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
