/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where fuzzers begin: what our own code says, in every kind of handshake. */
final class Seeds {
  /** A kind of handshake, as both sides are set up for it. */
  private record Kind(String name, ProtocolVersion version, int client, int server) {}

  private final Map<Target, Map<String, byte[]>> seeds = new TreeMap<>();

  private Seeds() {}

  static void write(Path folder) throws IOException {
    Seeds all = new Seeds();
    try {
      for (Kind kind : kinds()) {
        all.addConversation(kind);
      }
    } catch (TlsException e) {
      throw new AssertionError("Our own handshakes do not work", e);
    }
    all.addAll(Target.SESSIONS, SessionSeeds.all());
    all.addAll(Target.KEYFILES, KeyFileSeeds.all());
    all.addAll(Target.FLEET, FleetSeeds.all());
    for (Map.Entry<Target, Map<String, byte[]>> each : all.seeds.entrySet()) {
      Path own = Files.createDirectories(folder.resolve(each.getKey().word()));
      for (Map.Entry<String, byte[]> seed : each.getValue().entrySet()) {
        Files.write(own.resolve(seed.getKey()), seed.getValue());
      }
    }
  }

  private static List<Kind> kinds() {
    ProtocolVersion v12 = ProtocolVersion.TLS12;
    ProtocolVersion v13 = ProtocolVersion.TLS13;
    int ticket13 = 1 << Setup.SESSION_SHIFT;
    int ticket12 = 2 << Setup.SESSION_SHIFT;
    int id12 = 3 << Setup.SESSION_SHIFT;
    return List.of(
        new Kind("full-13", v13, 0, 0),
        new Kind("full-12", v12, Setup.ONLY_12, 0),
        new Kind("retry-13", v13, Setup.NO_SHARE, 0),
        new Kind("client-13", v13, Setup.SPECIAL, Setup.NEED),
        new Kind("client-12", v12, Setup.ONLY_12 | Setup.SPECIAL, Setup.WANT),
        new Kind("nobody-13", v13, 0, Setup.WANT),
        new Kind("nobody-12", v12, Setup.ONLY_12, Setup.WANT),
        new Kind("alpn-13", v13, Setup.PROTOCOLS | Setup.TICKETS, Setup.PROTOCOLS),
        new Kind("alpn-12", v12, Setup.PROTOCOLS | Setup.ONLY_12, Setup.PROTOCOLS),
        new Kind("resumed-13", v13, ticket13, 0),
        new Kind("resumed-retry-13", v13, ticket13 | Setup.NO_SHARE, 0),
        new Kind("resumed-12", v12, ticket12 | Setup.ONLY_12, 0),
        new Kind("resumed-id-12", v12, id12 | Setup.ONLY_12, Setup.SPECIAL),
        new Kind("stateful-13", v13, 0, Setup.TICKETS | Setup.STRICT),
        new Kind("stateful-12", v12, Setup.ONLY_12 | Setup.STRICT, Setup.SPECIAL));
  }

  private void addConversation(Kind kind) throws TlsException {
    ClientConfig client = Setup.client(kind.client(), BelievingCrypto.create(new Work()));
    ServerConfig server = Setup.server(kind.server(), BelievingCrypto.create(new Work()));
    Conversation talk = Conversation.of(client, server);
    int sealed =
        kind.version() == ProtocolVersion.TLS13 ? Records.PROTECTED_13 : Records.PROTECTED_12;
    byte[] toServer = Records.script(talk.fromClient.toByteArray(), sealed);
    byte[] toClient = Records.script(talk.fromServer.toByteArray(), sealed);
    add(Target.SERVER, kind.name(), prefixed(kind.server(), toServer));
    add(Target.CLIENT, kind.name(), prefixed(kind.client(), toClient));
    MessageSeeds messages = new MessageSeeds(kind.version());
    messages.addAll(toServer);
    messages.addAll(toClient);
    addAll(Target.MESSAGES, messages.messages());
    addAll(Target.EXTENSIONS, messages.extensions());
    addAll(Target.RECORDS, RecordSeeds.of(kind.name(), sealed, toServer, toClient));
  }

  private void addAll(Target target, Map<String, byte[]> more) {
    more.forEach((name, bytes) -> add(target, name, bytes));
  }

  /** The same bytes once. */
  private void add(Target target, String name, byte[] bytes) {
    Map<String, byte[]> own = seeds.computeIfAbsent(target, _ -> new TreeMap<>());
    if (own.values().stream().noneMatch(each -> java.util.Arrays.equals(each, bytes))) {
      String free = name;
      for (int i = 2; own.containsKey(free); i++) {
        free = name + "-" + i;
      }
      own.put(free, bytes);
    }
  }

  static byte[] prefixed(int first, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.writeBytes(rest);
    return out.toByteArray();
  }
}
