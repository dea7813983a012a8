/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * SunJSSE's own cache. It is filled by real handshakes with a client that remembers next to
 * nothing, or by copies of a session that a handshake has left there, which is much faster.
 */
final class SunJsseRemembering implements Remembering {
  private static final int ID_LENGTH = 32;
  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 60_000;
  private static final int MOST_TURNS = 16;

  private final JsseContexts contexts;
  private final SSLSessionContext cache;
  private final Wire wire = Wire.onHeap();
  private final IntFunction<String> names;
  private final @Nullable Copies copies;
  // One array that is there before anything is measured.
  private final byte[] ids;

  /**
   * @param copying all but the first two sessions are copies of the first
   */
  SunJsseRemembering(int count, IntFunction<String> names, boolean copying) {
    Conditions conditions =
        new Conditions(Protocol.TLS12, Group.X25519, Certificate.ECDSA, false, true);
    this.contexts =
        SunJsseContexts.of(
            conditions, new PinnedTrust(conditions.certificate().identity().certificate()));
    this.cache = contexts.server().getServerSessionContext();
    this.names = names;
    this.ids = new byte[count * ID_LENGTH];
    cache.setSessionCacheSize(2 * count);
    try {
      this.copies = copying ? new Copies() : null;
    } catch (Exception e) {
      throw new IllegalStateException("SunJSSE is made in another way than it was", e);
    }
  }

  @Override
  public void add(int number) throws Exception {
    byte[] id = copies == null ? shakeHands(number).getId() : copies.add(number);
    System.arraycopy(id, 0, ids, number * ID_LENGTH, ID_LENGTH);
    if (!find(number)) {
      throw new IllegalStateException("SunJSSE does not remember a handshake");
    }
  }

  @Override
  public boolean find(int number) {
    int from = number * ID_LENGTH;
    return cache.getSession(Arrays.copyOfRange(ids, from, from + ID_LENGTH)) != null;
  }

  /** The server's session of a full handshake. */
  private SSLSession shakeHands(int number) throws SSLException {
    wire.clear();
    String name = names.apply(number);
    int port = FIRST_PORT + number % PORTS;
    MeasuredEngine client =
        new MeasuredEngine(
            () -> contexts.client().createSSLEngine(name, port),
            engine -> configure(engine, name),
            wire.toClient(),
            wire.toServer(),
            wire.plaintext());
    MeasuredEngine server =
        new MeasuredEngine(
            contexts::newServer,
            engine -> configure(engine, null),
            wire.toServer(),
            wire.toClient(),
            wire.plaintext());
    connectAndClose(client, server);
    return server.engine().getSession();
  }

  private void configure(SSLEngine engine, @Nullable String name) {
    contexts.configure(engine, name != null);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    if (name != null) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    engine.setSSLParameters(parameters);
  }

  private void connectAndClose(MeasuredEngine client, MeasuredEngine server) throws SSLException {
    client.turn();
    for (int turns = 0; turns < MOST_TURNS && !wire.isEmpty(); turns++) {
      server.turn();
      client.turn();
    }
    client.engine().closeOutbound();
    client.turn();
    server.turn();
    server.engine().closeOutbound();
    server.turn();
  }

  /** Sessions as handshakes leave them, under IDs of their own. */
  private final class Copies {
    private final ObjectCopier copier;
    private final Method put;
    private final Field sessionId;
    private final Field idBytes;

    Copies() throws ReflectiveOperationException, SSLException {
      SSLSession first = remembered(shakeHands(0));
      copier = new ObjectCopier(first, remembered(shakeHands(1)));
      put = cache.getClass().getDeclaredMethod("put", first.getClass());
      put.setAccessible(true);
      sessionId = first.getClass().getDeclaredField("sessionId");
      sessionId.setAccessible(true);
      idBytes = sessionId.getType().getDeclaredField("sessionId");
      idBytes.setAccessible(true);
    }

    private SSLSession remembered(SSLSession session) {
      return Objects.requireNonNull(cache.getSession(session.getId()));
    }

    private byte[] add(int number) throws ReflectiveOperationException {
      Object copy = copier.copy();
      byte[] id = (byte[]) idBytes.get(sessionId.get(copy));
      new SplittableRandom(number).nextBytes(id);
      put.invoke(cache, copy);
      return id;
    }
  }
}
