/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who ends TLS 1.3 in front of one short answer, with one thread for connections. */
enum Frontend {
  /** Our gateway. */
  REPRISE {
    @Override
    List<String> command(Path directory, int port, TestIdentity.PemFiles identity) {
      return inJava(this, port, identity);
    }
  },

  NGINX {
    @Override
    List<String> command(Path directory, int port, TestIdentity.PemFiles identity)
        throws IOException {
      String text =
          """
          daemon off;
          master_process off;
          worker_processes 1;
          pid %1$s/nginx.pid;
          error_log %1$s/nginx.log warn;
          events { worker_connections 4096; }
          http {
            access_log off;
            keepalive_timeout 0;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            server {
              listen 127.0.0.1:%2$d ssl backlog=4096;
              ssl_certificate %3$s;
              ssl_certificate_key %4$s;
              ssl_protocols TLSv1.3;
              ssl_ecdh_curve X25519;
              ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
              ssl_session_tickets on;
              return 200 "ok\\n";
            }
          }
          """
              .formatted(directory, port, identity.chain(), identity.key());
      Path file = Files.writeString(directory.resolve("nginx.conf"), text);
      return List.of("nginx", "-e", directory + "/nginx.log", "-c", file.toString());
    }
  },

  HAPROXY {
    @Override
    List<String> command(Path directory, int port, TestIdentity.PemFiles identity)
        throws IOException {
      Path both = directory.resolve("haproxy.pem");
      Files.writeString(
          both, Files.readString(identity.chain()) + Files.readString(identity.key()));
      String text =
          """
          global
            nbthread 1
            maxconn 4096
          defaults
            mode http
            timeout client 10s
            timeout http-request 10s
            option httpclose
          frontend answering
            bind 127.0.0.1:%d backlog 4096 ssl crt %s ssl-min-ver TLSv1.3 curves X25519 ciphersuites TLS_AES_128_GCM_SHA256
            http-request return status 200 content-type text/plain string ok
          """
              .formatted(port, both);
      Path file = Files.writeString(directory.resolve("haproxy.cfg"), text);
      return List.of("haproxy", "-q", "-db", "-f", file.toString());
    }
  },

  /** A server of Netty's with BoringSSL. */
  NETTY {
    @Override
    List<String> command(Path directory, int port, TestIdentity.PemFiles identity) {
      return inJava(this, port, identity);
    }
  };

  abstract List<String> command(Path directory, int port, TestIdentity.PemFiles identity)
      throws IOException;

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> inJava(Frontend which, int port, TestIdentity.PemFiles identity) {
    return java(
        FrontendMain.class,
        which.name(),
        Integer.toString(port),
        identity.chain().toString(),
        identity.key().toString());
  }
}
