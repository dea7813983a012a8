/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** HAProxy. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class HaproxyServerTest extends ServerPeerTest {
  HaproxyServerTest() {
    super(Peer.HAPROXY, Limits.NONE);
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("haproxy", "-v").replaceFirst(" 20.*", "");
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    Backend backend = new Backend();
    Path file = directory.resolve("haproxy.cfg");
    Programs.Listening listening =
        Programs.onFreePort(
            port -> command(file, configuration(setup, directory, port, backend.port())));
    return new Proxy(listening.program(), listening.port(), backend, setup, true);
  }

  private static List<String> command(Path file, String configuration) {
    try {
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("haproxy", "-db", "-f", file.toString());
  }

  private static String configuration(Setup setup, Path directory, int port, int backend) {
    return """
    global
      nbthread 1
      tune.bufsize 32768
    defaults
      mode http
      timeout connect 30s
      timeout client 30s
      timeout server 30s
    frontend tls
      bind 127.0.0.1:%d ssl %s
      http-response set-header Resumed %%[ssl_fc_is_resumed]
      http-response set-header Client %%[ssl_c_s_dn(cn)]
      http-response set-header Protocol %%[ssl_fc_alpn]
      default_backend plain
    backend plain
      server echo 127.0.0.1:%d
    """
        .formatted(port, tls(setup, directory), backend);
  }

  private static String tls(Setup setup, Path directory) {
    try {
      String version = setup.isTls12() ? "TLSv1.2" : "TLSv1.3";
      return "crt %s ssl-min-ver %s ssl-max-ver %s"
              .formatted(certificateAndKey(directory), version, version)
          + " curves %s".formatted(setup.retry() ? "P-384" : "X25519:P-256")
          + (setup.sealed() ? "" : " no-tls-tickets")
          + (setup.alpn() ? " alpn http/1.1" : "")
          + (setup.certificates()
              ? " verify required ca-file " + Programs.rootFile(directory)
              : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It wants both in one file. */
  private static Path certificateAndKey(Path directory) throws IOException {
    TestIdentity.PemFiles files = Programs.serverFiles(directory);
    return Files.writeString(
        directory.resolve("both.pem"),
        Files.readString(files.chain()) + Files.readString(files.key()));
  }
}
