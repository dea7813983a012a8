/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.interop.Version;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code curl}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class CurlClientTest extends ClientPeerTest {
  CurlClientTest() {
    super(
        Peer.CURL,
        new Limits()
            .with(
                Feature.TICKET,
                Version.TLS12,
                "curl switches off tickets of TLS 1.2 and goes by session IDs"));
  }

  /** So it does where it would have a ticket else. */
  @Override
  Mechanism mechanism(Setup setup) {
    return setup.isTls12() ? Mechanism.SESSION_ID : super.mechanism(setup);
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("curl", "--version").replaceFirst(" zlib.*", "");
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception {
    Path request = Files.write(directory.resolve("body"), body);
    List<String> command = new ArrayList<>(List.of("curl", "-sSiv", "-H", "Connection: close"));
    command.addAll(List.of("-H", "Expect:", "--data-binary", "@" + request));
    command.addAll(List.of("--cacert", Programs.rootFile(directory)));
    command.addAll(List.of("--connect-to", "server.example:443:127.0.0.1:" + port));
    command.addAll(List.of("--curves", "X25519:P-256:P-384"));
    command.addAll(
        setup.isTls12() ? List.of("--tls-max", "1.2") : List.of("--tlsv1.3", "--tls-max", "1.3"));
    if (!setup.alpn()) {
      command.add("--no-alpn");
    }
    if (setup.certificates()) {
      TestIdentity.PemFiles files = Programs.clientFiles(directory);
      command.addAll(List.of("--cert", files.chain().toString(), "--key", files.key().toString()));
    }
    for (int i = 0; i < times; i++) {
      command.add("https://server.example/echo");
    }
    ClientRun run = ClientRun.of(command, new byte[0], directory);
    return new ClientReport(
        run.lastBody(),
        run.count("re-using session ID"),
        run.says("ALPN: server accepted http/1.1") ? "http/1.1" : "",
        run.exit() != 0,
        run.log());
  }
}
