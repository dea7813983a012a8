/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code tstclnt}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class NssClientTest extends ClientPeerTest {
  NssClientTest() {
    super(
        Peer.NSS,
        new Limits()
            .with(Feature.ALPN, "`tstclnt` has no option for it")
            .with(Feature.CUT, "`tstclnt` takes every end of TCP for the end of what it reads"));
  }

  @Override
  String version() throws IOException {
    return NssVersion.get();
  }

  @Override
  ClientReport connect(Setup setup, int port, byte[] body, int times, Path directory)
      throws Exception {
    String database = NssDatabase.create(directory);
    Path request = java.nio.file.Files.write(directory.resolve("request"), Http.request(body));
    List<String> command = new ArrayList<>(List.of("tstclnt", "-h", "127.0.0.1", "-p"));
    command.addAll(List.of(String.valueOf(port), "-d", database, "-a", "server.example"));
    command.addAll(
        List.of("-v", "-G", "-O", "-A", request.toString(), "-L", String.valueOf(times)));
    command.addAll(List.of("-V", setup.isTls12() ? "tls1.2:tls1.2" : "tls1.3:tls1.3"));
    command.addAll(List.of("-I", "x25519,P256,P384"));
    if (setup.sealed()) {
      command.add("-u");
    }
    if (setup.certificates()) {
      command.addAll(List.of("-n", "client"));
    }
    ClientRun run = ClientRun.of(command, new byte[0], directory);
    return new ClientReport(
        run.lastBody(),
        resumed(run),
        null,
        run.exit() != 0 || run.says("PR_END_OF_FILE_ERROR"),
        run.log());
  }

  /** It counts what it has resumed, by tickets and out of its cache. */
  private static int resumed(ClientRun run) {
    return run.says("1 stateless resumes") || run.says("1 cache hits") ? 1 : 0;
  }
}
