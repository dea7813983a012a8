/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code gnutls-serv}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class GnutlsServerTest extends ServerPeerTest {
  private static final Pattern SUBJECT = Pattern.compile("\\s+Subject: CN=(.*)");
  private static final Pattern PROTOCOL = Pattern.compile("- Application protocol: (.*)");

  GnutlsServerTest() {
    super(
        Peer.GNUTLS,
        new Limits().with(Feature.STATEFUL_TICKET, "the library seals all its tickets in TLS 1.3"));
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("gnutls-serv", "--version");
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    String certificate = Programs.serverFiles(directory).chain().toString();
    String key = GnutlsKeys.write(Programs.serverFiles(directory).key());
    List<String> command = new ArrayList<>(List.of("gnutls-serv", "--echo"));
    command.addAll(List.of("--x509certfile", certificate, "--x509keyfile", key));
    command.addAll(List.of("--priority", priority(setup)));
    if (!setup.sealed()) {
      command.add("--noticket");
    }
    if (setup.alpn()) {
      command.addAll(List.of("--alpn", "http/1.1", "--alpn-fatal"));
    }
    if (setup.certificates()) {
      command.addAll(List.of("--require-client-cert", "--verify-client-cert"));
      command.addAll(List.of("--x509cafile", Programs.rootFile(directory)));
    } else {
      command.add("--disable-client-cert");
    }
    Programs.Listening listening =
        Programs.onFreePort(port -> withPort(command, port), "listening on IPv4 .*done");
    return new Server(listening.program(), listening.port(), setup);
  }

  private static List<String> withPort(List<String> command, int port) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--port", String.valueOf(port)));
    return whole;
  }

  private static String priority(Setup setup) {
    String version = setup.isTls12() ? "+VERS-TLS1.2" : "+VERS-TLS1.3";
    String groups = setup.retry() ? ":-GROUP-ALL:+GROUP-SECP384R1" : "";
    return "NORMAL:-VERS-ALL:" + version + groups;
  }

  private record Server(Program program, int port, Setup setup) implements PeerServer {
    @Override
    public byte[] exchange(Link link, byte[] body) throws IOException {
      return PeerServer.echoed(link, body);
    }

    /** An echo ends only with the client. */
    @Override
    public boolean letClose(Link link) {
      return false;
    }

    @Override
    public Told told() {
      List<String> said = program.linesUntil("^- Channel bindings");
      return new Told(
          said.stream().anyMatch(line -> line.contains("This is a resumed session")),
          setup.certificates() ? Program.found(SUBJECT, said) : null,
          setup.alpn() ? Program.found(PROTOCOL, said) : null);
    }

    @Override
    public void cut() {
      program.close();
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
