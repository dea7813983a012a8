/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code selfserv}. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class NssServerTest extends ServerPeerTest {
  private static final String START = "GET / HTTP/1.0\r\n";
  private static final Pattern STATELESS = Pattern.compile("([0-9]+) stateless resumes");
  private static final Pattern HITS = Pattern.compile("([0-9]+) cache hits");

  NssServerTest() {
    super(
        Peer.NSS,
        new Limits()
            .with(Feature.STATEFUL_TICKET, "the library seals all its tickets in TLS 1.3")
            .with(
                Feature.DATA,
                "`selfserv` reads 10 KiB of a request and answers with it; that much was moved"));
  }

  @Override
  String version() throws IOException {
    return NssVersion.get();
  }

  @Override
  PeerServer start(Setup setup, Path directory) throws Exception {
    String database = NssDatabase.create(directory);
    List<String> command = new ArrayList<>(List.of("selfserv", "-d", database, "-v", "-G"));
    // The server's certificate and one of another kind are named apart; this is the one it has.
    command.addAll(List.of("-n", "server", "-e", "server"));
    String version = setup.isTls12() ? "tls1.2:tls1.2" : "tls1.3:tls1.3";
    command.addAll(List.of("-V", version));
    if (setup.sealed()) {
      command.add("-u");
    }
    if (setup.retry()) {
      command.addAll(List.of("-I", "P384"));
    }
    if (setup.alpn()) {
      command.add("-Q");
    }
    if (setup.certificates()) {
      command.addAll(List.of("-r", "-r"));
    }
    Programs.Listening listening =
        Programs.onFreePort(port -> withPort(command, port), "About to call accept");
    return new Server(listening.program(), listening.port());
  }

  private static List<String> withPort(List<String> command, int port) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("-p", String.valueOf(port)));
    return whole;
  }

  private static final class Server implements PeerServer {
    private final Program program;
    private final int port;
    private int resumed;

    Server(Program program, int port) {
      this.program = program;
      this.port = port;
    }

    @Override
    public int port() {
      return port;
    }

    /** It gives back the request, which an empty line ends, between a head and a last line. */
    @Override
    public byte[] exchange(Link link, byte[] body) throws IOException {
      byte[] request = (START + new String(body, US_ASCII) + "\r\n").getBytes(US_ASCII);
      link.out().write(request);
      String head = Http.read(link.in()).head();
      assertEquals("HTTP/1.0 200 OK", head.lines().findFirst().orElse(""));
      byte[] back = link.in().readAllBytes();
      return Arrays.copyOfRange(back, START.length(), START.length() + body.length);
    }

    @Override
    public boolean letClose(Link link) throws IOException {
      link.out().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      return true;
    }

    /** It counts what it has resumed, by tickets and out of its cache. */
    @Override
    public Told told() {
      List<String> said = program.linesUntil("stateless resumes");
      int before = resumed;
      resumed = Math.max(number(STATELESS, said), number(HITS, said));
      return new Told(resumed > before, null, null);
    }

    private static int number(Pattern pattern, List<String> lines) {
      return lines.stream()
          .map(pattern::matcher)
          .filter(Matcher::find)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .max()
          .orElse(0);
    }

    @Override
    public void cut() {
      program.close();
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
