/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final long LARGE = 64L << 20;
  private static final int SMALL = 1 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void carriesMuchInBothDirectionsAtOnce(String protocol) throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              var sending = sending(connection, 1);
              String digest = digest(connection.getInputStream(), LARGE);
              sending.join();
              return digest;
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()));
        SSLSocket client = Peers.connect(gateway, protocol)) {
      var sending = sending(client, 2);
      assertEquals(digestOfStream(1), digest(client.getInputStream(), LARGE));
      sending.join();
      assertEquals(digestOfStream(2), backend.outcome());
    }
  }

  @Test
  void letsTheBackendAnswerAfterTheClientHasEnded() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              byte[] request = connection.getInputStream().readAllBytes();
              connection.getOutputStream().write(bytes(SMALL, 7));
              return request;
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()));
        SSLSocket client = Peers.connect(gateway, "TLSv1.3")) {
      client.getOutputStream().write(bytes(SMALL, 8));
      client.shutdownOutput();
      assertArrayEquals(bytes(SMALL, 7), client.getInputStream().readAllBytes());
      assertArrayEquals(bytes(SMALL, 8), (byte[]) backend.outcome());
    }
  }

  @Test
  void letsTheClientGoOnAfterTheBackendHasEnded() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              connection.getOutputStream().write(bytes(SMALL, 7));
              connection.shutdownOutput();
              return connection.getInputStream().readAllBytes();
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()));
        SSLSocket client = Peers.connect(gateway, "TLSv1.3")) {
      assertArrayEquals(bytes(SMALL, 7), client.getInputStream().readAllBytes());
      client.getOutputStream().write(bytes(SMALL, 8));
      client.shutdownOutput();
      assertArrayEquals(bytes(SMALL, 8), (byte[]) backend.outcome());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void tellsTheClientOfTheBackendsEnd(String protocol) throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              connection.getInputStream().readNBytes(SMALL);
              connection.getOutputStream().write(bytes(SMALL, 7));
              return "done";
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()));
        SSLSocket client = Peers.connect(gateway, protocol)) {
      client.getOutputStream().write(bytes(SMALL, 8));
      // A missing close_notify would be an exception.
      assertArrayEquals(bytes(SMALL, 7), client.getInputStream().readAllBytes());
    }
  }

  @Test
  void givesTheBackendAllThatAClientOfTheOldVersionSaidBeforeItClosed() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> connection.getInputStream().readAllBytes());
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()))) {
      try (SSLSocket client = Peers.connect(gateway, "TLSv1.2")) {
        client.getOutputStream().write(bytes(SMALL, 8));
      }
      assertArrayEquals(bytes(SMALL, 8), (byte[]) backend.outcome());
    }
  }

  @Test
  void neverShowsTheBackendHalfARequestAsAWhole() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              byte[] request = connection.getInputStream().readNBytes(1000);
              assertThrows(SocketException.class, connection.getInputStream()::read);
              return request;
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()))) {
      Socket plain = Peers.plain(gateway.address());
      SSLSocket client = Peers.over(plain, Peers.context(null), "server.example");
      client.getOutputStream().write(bytes(1000, 8));
      // No close_notify: anyone on the way could have done this.
      plain.close();
      assertArrayEquals(bytes(1000, 8), (byte[]) backend.outcome());
    }
  }

  @Test
  void neverShowsTheClientHalfAnAnswerAsAWhole() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> {
              connection.getInputStream().readNBytes(1);
              connection.getOutputStream().write(bytes(1000, 7));
              connection.setOption(StandardSocketOptions.SO_LINGER, 0);
              return "done";
            });
        Gateway gateway = Peers.start(Peers.config().backend(backend.address()));
        SSLSocket client = Peers.connect(gateway)) {
      client.getOutputStream().write(1);
      assertThrows(IOException.class, client.getInputStream()::readAllBytes);
    }
  }

  private static CompletableFuture<Long> sending(Socket socket, long seed) {
    return Aside.run(() -> {
      OutputStream out = socket.getOutputStream();
      Random random = new Random(seed);
      byte[] piece = new byte[1 << 16];
      long sent = 0;
      for (; sent < LARGE; sent += piece.length) {
        random.nextBytes(piece);
        out.write(piece);
      }
      return sent;
    });
  }

  private static String digestOfStream(long seed) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(seed);
    byte[] piece = new byte[1 << 16];
    for (long done = 0; done < LARGE; done += piece.length) {
      random.nextBytes(piece);
      digest.update(piece);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String digest(InputStream in, long length) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] piece = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (read < 0) {
        throw new java.io.EOFException(left + " bytes are missing");
      }
      digest.update(piece, 0, read);
      left -= read;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
