/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server of HTTP that passes requests on to a backend, and says in fields what it has seen. */
final class Proxy implements PeerServer {
  private final Program program;
  private final int port;
  private final Backend backend;
  private final Setup setup;
  private final boolean answersClose;
  private @Nullable Told told;

  Proxy(Program program, int port, Backend backend, Setup setup, boolean answersClose) {
    this.program = program;
    this.port = port;
    this.backend = backend;
    this.setup = setup;
    this.answersClose = answersClose;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public byte[] exchange(Link link, byte[] body) throws IOException {
    link.out().write(Http.request(body));
    Http.Message answer = Http.read(link.in());
    told =
        new Told(
            answer.field("resumed").matches("r|1"),
            setup.certificates()
                ? answer.field("client").replace("CN=", "").replace("/", "")
                : null,
            setup.alpn() ? answer.field("protocol") : null);
    return answer.body();
  }

  @Override
  public boolean letClose(Link link) throws IOException {
    link.out().write(Http.request(new byte[0]));
    Http.read(link.in());
    return true;
  }

  @Override
  public boolean answersClose() {
    return answersClose;
  }

  @Override
  public Told told() {
    return Objects.requireNonNull(told);
  }

  @Override
  public void cut() {
    program.close();
  }

  @Override
  public void close() {
    program.close();
    backend.close();
  }
}
