/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code openssl s_client}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class OpensslClientTest extends ClientPeerTest {
  OpensslClientTest() {
    super(Peer.OPENSSL, Limits.NONE);
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("openssl", "version");
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception {
    List<String> command = command(setup, port, directory);
    String session = directory.resolve("session.pem").toString();
    int resumed = 0;
    for (int i = 1; ; i++) {
      List<String> whole = new ArrayList<>(command);
      whole.addAll(i == 1 ? List.of("-sess_out", session) : List.of("-sess_in", session));
      ClientRun run = ClientRun.of(whole, Http.request(body), directory);
      resumed += run.count("\nReused, TLSv1");
      if (i == times) {
        return new ClientReport(
            run.lastBody(),
            resumed,
            run.says("ALPN protocol: http/1.1") ? "http/1.1" : "",
            run.exit() != 0 || run.says("unexpected eof"),
            run.log());
      }
    }
  }

  private static List<String> command(Setup setup, int port, Path directory) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", "-nocommands"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", "server.example"));
    command.addAll(List.of("-CAfile", Programs.rootFile(directory), "-verify_return_error"));
    command.add(setup.isTls12() ? "-tls1_2" : "-tls1_3");
    command.addAll(List.of("-groups", "X25519:P-256:P-384"));
    if (setup.alpn()) {
      command.addAll(List.of("-alpn", "h2,http/1.1"));
    }
    if (setup.certificates()) {
      TestIdentity.PemFiles files = Programs.clientFiles(directory);
      command.addAll(List.of("-cert", files.chain().toString(), "-key", files.key().toString()));
    }
    return command;
  }
}
