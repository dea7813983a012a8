/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code openssl s_server}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class OpensslServerTest extends ServerPeerTest {
  private static final Pattern CLIENT = Pattern.compile("^Peer certificate: CN = (.*)");

  OpensslServerTest() {
    super(Peer.OPENSSL, Limits.NONE);
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("openssl", "version");
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    TestIdentity.PemFiles files = Programs.serverFiles(directory);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("openssl", "s_server", "-rev", "-state", "-accept", "127.0.0.1:0"));
    command.addAll(List.of("-cert", files.chain().toString(), "-key", files.key().toString()));
    command.add(setup.isTls12() ? "-tls1_2" : "-tls1_3");
    if (!setup.sealed()) {
      // In TLS 1.3 this means tickets that name a session in the server's cache.
      command.add("-no_ticket");
    }
    if (setup.retry()) {
      command.addAll(List.of("-groups", "P-384"));
    }
    if (setup.alpn()) {
      command.addAll(List.of("-alpn", "http/1.1"));
    }
    if (setup.certificates()) {
      command.addAll(List.of("-Verify", "1", "-verify_return_error"));
      command.addAll(List.of("-CAfile", Programs.rootFile(directory)));
    }
    Program program = Program.start(command);
    int port = Integer.parseInt(program.await("^ACCEPT .*:([0-9]+)$").group(1));
    return new Server(program, port, setup);
  }

  private record Server(Program program, int port, Setup setup) implements PeerServer {
    @Override
    public byte[] exchange(Link link, byte[] body) throws IOException {
      return Content.reversed(PeerServer.echoed(link, body));
    }

    @Override
    public boolean letClose(Link link) throws IOException {
      link.out().write(PeerServer.line("CLOSE"));
      return true;
    }

    /** Only in full handshakes does it write its certificate. */
    @Override
    public Told told() {
      List<String> said = program.linesUntil("^CONNECTION CLOSED");
      boolean full = said.stream().anyMatch(line -> line.endsWith("write certificate"));
      return new Told(!full, setup.certificates() ? Program.found(CLIENT, said) : null, null);
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
