/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.Reprise;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The clients of a load, each with an address and with sessions of its own. */
final class Clients {
  /** What is told of a connection by both of its ends. */
  record Connection(boolean offered, boolean resumed, @Nullable String reason) {}

  private static final String WITHOUT_TICKETS = "jdk.tls.client.enableSessionTicketExtension";
  private static final int PATIENCE_MILLIS = 30_000;
  private static final byte[] REQUEST =
      "GET /connection HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
  private static final Pattern REASON = Pattern.compile("\"reason\":\"([A-Z_]+)\"");

  private final InetSocketAddress server;
  private final SSLContext reprise;
  private final SSLContext withoutTickets;
  private final boolean severalAddresses;

  Clients(InetSocketAddress server, int count) {
    this.server = server;
    this.withoutTickets = withoutTickets(count);
    this.reprise =
        Reprise.client()
            .trustManager(new Trusting())
            // The hybrid with ML-KEM would take most of the time, and resumes no differently.
            .groups(List.of("x25519", "secp256r1"))
            .sessionStore(new MemoryClientSessionStore(2 * count, InstantSource.system()))
            .build();
    // On Linux the whole of 127.0.0.0/8 is this machine.
    this.severalAddresses = System.getProperty("os.name", "").startsWith("Linux");
  }

  private static SSLContext withoutTickets(int count) {
    // Read when the provider's classes are loaded, so nobody may have asked it for TLS before.
    System.setProperty(WITHOUT_TICKETS, "false");
    // With the JDK's own curves these few clients would take as much time as all others.
    System.setProperty("jdk.tls.namedGroups", "secp256r1");
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.2", "SunJSSE");
      context.init(null, new TrustManager[] {new Trusting()}, null);
      context.getClientSessionContext().setSessionCacheSize(2 * count);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no working TLS", e);
    }
  }

  /** Has a client connect, ask, and hang up in good order. */
  Connection visit(int client) throws IOException {
    Visitor visitor = Visitor.of(client);
    try (Socket plain = new Socket()) {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MILLIS);
      if (severalAddresses) {
        plain.bind(new InetSocketAddress(address(client), 0));
      }
      plain.connect(server, PATIENCE_MILLIS);
      SSLContext context = visitor == Visitor.TLS12_SESSION_ID ? withoutTickets : reprise;
      try (SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, "client-" + client, server.getPort(), true)) {
        tls.setEnabledProtocols(new String[] {visitor.protocol()});
        tls.startHandshake();
        boolean offered =
            !(Reprise.outcome(tls.getSession()) instanceof ResumptionOutcome.Full full)
                || full.reason() != MissReason.NOT_OFFERED;
        return connection(offered, ask(tls));
      }
    }
  }

  private static String ask(SSLSocket tls) throws IOException {
    tls.getOutputStream().write(REQUEST);
    InputStream in = tls.getInputStream();
    return new String(in.readAllBytes(), US_ASCII);
  }

  private static Connection connection(boolean offered, String answer) throws IOException {
    Matcher reason = REASON.matcher(answer);
    boolean resumed = answer.contains("\"handshake\":\"resumed\"");
    if (!resumed && !answer.contains("\"handshake\":\"full\"")) {
      throw new IOException("The answer was cut short");
    }
    return new Connection(offered, resumed, reason.find() ? reason.group(1) : null);
  }

  private static InetAddress address(int client) throws IOException {
    return InetAddress.getByAddress(
        new byte[] {
          127, (byte) (1 + client / 62_500), (byte) (client / 250 % 250), (byte) (1 + client % 250)
        });
  }

  /** The nodes' certificate is the bench's own. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
