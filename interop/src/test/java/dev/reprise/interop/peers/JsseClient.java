/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Provider;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client over the sockets of a JSSE provider. */
final class JsseClient {
  private final WatchedContext watched;
  private final Setup setup;
  private final Consumer<SSLSocket> tuning;

  /**
   * @param tuning what the provider wants to be told beside the words of JSSE
   */
  JsseClient(Provider provider, Setup setup, Consumer<SSLSocket> tuning) {
    this.watched = WatchedContext.client(provider, setup);
    this.setup = setup;
    this.tuning = tuning;
  }

  ClientReport connect(int port, byte[] body, int times) throws IOException {
    int resumed = 0;
    for (int i = 1; ; i++) {
      int asked = watched.trustAsked();
      ClientReport report = connect(port, body);
      resumed += watched.trustAsked() == asked ? 1 : 0;
      if (i == times) {
        return new ClientReport(
            report.answer(), resumed, report.protocol(), report.complained(), report.log());
      }
    }
  }

  private ClientReport connect(int port, byte[] body) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout((int) Program.PATIENCE.toMillis());
    try (SSLSocket socket = open(plain, port)) {
      socket.startHandshake();
      socket.getOutputStream().write(Http.request(body));
      byte[] answer = Http.read(socket.getInputStream()).body();
      boolean whole = answer.length == body.length && socket.getInputStream().read() < 0;
      return new ClientReport(answer, null, socket.getApplicationProtocol(), !whole, "");
    } catch (IOException e) {
      return new ClientReport(new byte[0], null, null, true, e.toString());
    }
  }

  private SSLSocket open(Socket plain, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            watched.context().getSocketFactory().createSocket(plain, "server.example", port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {setup.version().jsseName()});
    if (setup.alpn()) {
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    }
    socket.setSSLParameters(parameters);
    tuning.accept(socket);
    return socket;
  }
}
