/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.interop.Program;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Our server: it answers a request with its body, or does what else a trial wants. */
final class OwnServer implements AutoCloseable {
  /** What is done with a request. */
  enum Manner {
    /** Answers, and sends close_notify. */
    ANSWERS,
    /** Sends half an answer, and ends TCP. */
    CUTS
  }

  /**
   * What has come of a connection.
   *
   * @param body the checksum of the request's; empty if there was no request
   * @param end how the client has ended it; null if it was cut off by us
   */
  record Seen(
      String version,
      ResumptionOutcome outcome,
      boolean retried,
      String protocol,
      @Nullable String client,
      String body,
      Link.@Nullable End end) {}

  private final SSLContext context;
  private final Manner manner;
  private final ServerSocket listening;
  private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

  OwnServer(SSLContext context, Manner manner) throws IOException {
    this.context = context;
    this.manner = manner;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The next {@code count} connections, in their order. */
  List<Seen> seen(int count) throws InterruptedException {
    List<Seen> all = new ArrayList<>();
    while (all.size() < count) {
      @Nullable Object next = seen.poll(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      switch (next) {
        case null -> throw new AssertionError("only this was seen: " + all);
        case Seen each -> all.add(each);
        default -> throw new AssertionError("after " + all, (Throwable) next);
      }
    }
    return all;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        seen.add(serve(Link.accept(socket, engine)));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          seen.add(e);
        }
      }
    }
  }

  private Seen serve(Link link) throws IOException {
    byte @Nullable [] body = read(link);
    Link.@Nullable End end = body == null ? Link.End.CLOSE_NOTIFY : serve(link, body);
    return new Seen(
        link.session().getProtocol(),
        link.outcome(),
        link.retried(),
        link.applicationProtocol(),
        client(link),
        body == null ? "" : Content.sha256(body),
        end);
  }

  private Link.@Nullable End serve(Link link, byte[] body) throws IOException {
    return switch (manner) {
      case ANSWERS -> answer(link, body);
      case CUTS -> {
        byte[] answer = Http.response(body);
        link.out().write(answer, 0, answer.length / 2);
        link.close();
        yield null;
      }
    };
  }

  private static Link.End answer(Link link, byte[] body) throws IOException {
    link.out().write(Http.response(body));
    link.finish();
    return link.awaitEnd();
  }

  /** Some clients connect the first time only to get a session, and want it closed with them. */
  private static byte @Nullable [] read(Link link) throws IOException {
    try {
      return Http.read(link.in()).body();
    } catch (EOFException e) {
      if (link.awaitEnd() == Link.End.CUT) {
        throw e;
      }
      link.finish();
      return null;
    }
  }

  private static @Nullable String client(Link link) {
    try {
      return link.session().getPeerPrincipal().getName().replace("CN=", "");
    } catch (SSLPeerUnverifiedException _) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
