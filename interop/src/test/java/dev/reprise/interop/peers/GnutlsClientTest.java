/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code gnutls-cli}. Its first connection of two asks for nothing but a session. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class GnutlsClientTest extends ClientPeerTest {
  GnutlsClientTest() {
    super(
        Peer.GNUTLS,
        new Limits()
            .noting(Feature.CLOSE, "`gnutls-cli` answers our close_notify with the end of TCP"));
  }

  @Override
  Link.End endsWith() {
    return Link.End.CUT;
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("gnutls-cli", "--version");
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("gnutls-cli", "--logfile"));
    Path log = directory.resolve("gnutls.log");
    command.addAll(List.of(log.toString(), "--sni-hostname", "server.example"));
    command.addAll(List.of("--verify-hostname", "server.example"));
    command.addAll(List.of("--x509cafile", Programs.rootFile(directory)));
    String version = setup.isTls12() ? "+VERS-TLS1.2" : "+VERS-TLS1.3";
    command.addAll(List.of("--priority", "NORMAL:-VERS-ALL:" + version));
    if (times > 1) {
      command.addAll(List.of("--resume", "--waitresumption"));
    }
    if (setup.alpn()) {
      command.addAll(List.of("--alpn", "h2", "--alpn", "http/1.1"));
    }
    if (setup.certificates()) {
      TestIdentity.PemFiles files = Programs.clientFiles(directory);
      command.addAll(List.of("--x509certfile", files.chain().toString()));
      command.addAll(List.of("--x509keyfile", GnutlsKeys.write(files.key())));
    }
    command.addAll(List.of("-p", String.valueOf(port), "127.0.0.1"));
    ClientRun run = ClientRun.of(command, Http.request(body), directory);
    String said = Files.readString(log) + run.log();
    return new ClientReport(
        run.lastBody(),
        said.split("This is a resumed session", -1).length - 1,
        said.contains("- Application protocol: http/1.1") ? "http/1.1" : "",
        run.exit() != 0 || said.contains("non-properly terminated"),
        said);
  }
}
