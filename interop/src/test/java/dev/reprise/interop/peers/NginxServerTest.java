/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** nginx. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class NginxServerTest extends ServerPeerTest {
  NginxServerTest() {
    super(
        Peer.NGINX,
        new Limits()
            .noting(
                Feature.CLOSE,
                "its own; a close_notify that comes before a request it answers with the end of TCP"));
  }

  @Override
  String version() throws IOException {
    return Programs.versionOf("nginx", "-v").replace("nginx version: ", "");
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws IOException {
    Backend backend = new Backend();
    Path file = directory.resolve("nginx.conf");
    Programs.Listening listening =
        Programs.onFreePort(
            port -> command(file, configuration(setup, directory, port, backend.port())),
            "start worker|using the .* event method");
    return new Proxy(listening.program(), listening.port(), backend, setup, false);
  }

  private static List<String> command(Path file, String configuration) {
    try {
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("nginx", "-p", file.getParent() + "/", "-c", file.toString(), "-e", "stderr");
  }

  private static String configuration(Setup setup, Path directory, int port, int backend) {
    return """
    daemon off;
    master_process off;
    pid nginx.pid;
    error_log stderr notice;
    events {}
    http {
      access_log off;
      client_max_body_size 2m;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      server {
        listen 127.0.0.1:%d ssl;
        %s
        location / {
          proxy_pass http://127.0.0.1:%d;
          add_header Resumed $ssl_session_reused;
          add_header Client $ssl_client_s_dn;
          add_header Protocol $ssl_alpn_protocol;
        }
      }
    }
    """
        .formatted(port, tls(setup, directory), backend);
  }

  private static String tls(Setup setup, Path directory) {
    try {
      TestIdentity.PemFiles files = Programs.serverFiles(directory);
      return "ssl_certificate %s; ssl_certificate_key %s; ssl_protocols %s;"
              .formatted(files.chain(), files.key(), setup.version().jsseName())
          + " ssl_ecdh_curve %s;".formatted(setup.retry() ? "secp384r1" : "X25519:prime256v1")
          + (setup.sealed() ? "" : " ssl_session_tickets off; ssl_session_cache shared:all:1m;")
          + (setup.certificates()
              ? " ssl_verify_client on; ssl_client_certificate %s;"
                  .formatted(Programs.rootFile(directory))
              : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
