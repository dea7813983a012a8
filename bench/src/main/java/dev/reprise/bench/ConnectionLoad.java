/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects, shakes hands, asks, reads the answer and closes, again and again on some threads, each
 * of which resumes its own last session. With a rate, connections are due at their times whether or
 * not the ones before are over, and latency counts from then. Prints how many there were in the
 * time measured, their latencies, and how many in all; one that was resumed and should not be, or
 * the other way round, ends it.
 */
final class ConnectionLoad {
  private static final int CLIENTS = 8;
  private static final int MOST = 1 << 20;
  private static final byte[] QUESTION =
      "GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private final int port;
  private final X509Certificate certificate;
  private final boolean resumed;
  private final long warmUntil;
  private final long turnsFrom;
  private final long end;
  private final double perSecond;
  private final LongAdder connections = new LongAdder();
  private volatile @Nullable IOException failure;

  /**
   * @param certificate of who listens at {@code port}, a PEM file
   */
  ConnectionLoad(
      int port, Path certificate, boolean resumed, int warmUp, int seconds, double perSecond)
      throws IOException {
    this.port = port;
    this.certificate = read(certificate);
    this.resumed = resumed;
    this.warmUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUp);
    this.turnsFrom = warmUntil - TimeUnit.SECONDS.toNanos(1);
    this.end = warmUntil + TimeUnit.SECONDS.toNanos(seconds);
    this.perSecond = perSecond;
  }

  private static X509Certificate read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new IOException(pem + " holds no certificate", e);
    }
  }

  /**
   * Port, its certificate, "new" or "resumed", seconds of warm-up and of measuring, connections/s
   * or 0.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(arguments[4]);
    ConnectionLoad load =
        new ConnectionLoad(
            Integer.parseInt(arguments[0]),
            Path.of(arguments[1]),
            arguments[2].equals("resumed"),
            Integer.parseInt(arguments[3]),
            seconds,
            Double.parseDouble(arguments[5]));
    long[] latencies = load.run();
    Arrays.sort(latencies);
    System.out.printf(
        Locale.ROOT,
        "%.1f %.1f %.1f %d%n",
        latencies.length / (double) seconds,
        percentile(latencies, 50) / 1e3,
        percentile(latencies, 99) / 1e3,
        load.connections.sum());
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  /** Nanoseconds, for each connection of the time measured. */
  long[] run() throws IOException, InterruptedException {
    Client[] clients = new Client[CLIENTS];
    Thread[] threads = new Thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = new Client(i);
      threads[i] = Thread.ofPlatform().start(clients[i]);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure != null) {
      throw new IOException("The load has failed", failure);
    }
    return Arrays.stream(clients)
        .flatMapToLong(client -> Arrays.stream(client.latencies, 0, client.count))
        .toArray();
  }

  private final class Client implements Runnable {
    private final SSLSocketFactory sockets;
    private final int index;
    private final long[] latencies = new long[MOST / CLIENTS];
    private int count;
    private boolean knowsServer;

    Client(int index) {
      this.index = index;
      SSLContext context =
          Reprise.client()
              .trustManager(new PinnedTrust(certificate))
              .cryptoProviders(ProviderChoice.fastest(new SecureRandom()).providers())
              .protocols(List.of("TLSv1.3"))
              .cipherSuites(List.of("TLS_AES_128_GCM_SHA256"))
              .groups(List.of("x25519"))
              .build();
      this.sockets = context.getSocketFactory();
    }

    @Override
    public void run() {
      try {
        int turn = 0;
        while (goesOn()) {
          // However few it measures, it warms up with as many as it can make.
          boolean asItCan = perSecond == 0 || System.nanoTime() < turnsFrom;
          long due = asItCan ? System.nanoTime() : awaitTurn(turn++);
          connect();
          connections.increment();
          if (due >= warmUntil) {
            latencies[count++] = System.nanoTime() - due;
          }
        }
      } catch (IOException e) {
        failure = e;
      }
    }

    private boolean goesOn() {
      return failure == null && System.nanoTime() < end && count < latencies.length;
    }

    /** Clients take turns, at equal distances. */
    private long awaitTurn(int turn) {
      long due = turnsFrom + (long) (1e9 * (turn * (double) CLIENTS + index) / perSecond);
      long left;
      while ((left = due - System.nanoTime()) > 0) {
        LockSupport.parkNanos(left);
      }
      return due;
    }

    private void connect() throws IOException {
      Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
      plain.setTcpNoDelay(true);
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, "127.0.0.1", port, true)) {
        socket.startHandshake();
        requireAsMeant(socket.getSession());
        socket.getOutputStream().write(QUESTION);
        InputStream in = socket.getInputStream();
        if (in.readNBytes(12).length < 12) {
          throw new IOException("There was no answer");
        }
        in.skip(Long.MAX_VALUE);
        knowsServer = true;
        if (!resumed) {
          socket.getSession().invalidate();
        }
      }
    }

    private void requireAsMeant(SSLSession session) throws IOException {
      boolean was =
          ((RepriseSession) session).resumptionOutcome() instanceof ResumptionOutcome.Resumed;
      if (was != (resumed && knowsServer)) {
        throw new IOException("A connection was " + (was ? "" : "not ") + "resumed");
      }
    }
  }
}
