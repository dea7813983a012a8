/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ExportedClientSession;
import dev.reprise.engine.wire.TlsException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about resumption for which JSSE has no words, engine by engine or socket by
 * socket. An engine that offers sessions has to know host and port of its server.
 */
public final class ClientResumption {
  private ClientResumption() {}

  /**
   * Keeps what this engine remembers apart from what engines of other partitions do: a tenant, a
   * user or a top-level site makes a good partition, since whoever offers a ticket can be told
   * again (RFC 8446, Appendix C.4). To be called before the handshake.
   *
   * @throws IllegalArgumentException if the engine is not one of Reprise
   * @throws IllegalStateException if its handshake has begun
   */
  public static void partition(SSLEngine engine, String partition) {
    engine(engine).useSessionsOf(partition, null);
  }

  /**
   * Lets {@code data} resume what the connection of {@code control} left behind, although it goes
   * to another port: what FTP servers demand of data connections. What {@code data} is given it
   * gives to the same place. To be called before the handshake of {@code data}, which must name its
   * server as {@code control} does: if endpoints are identified, none is resumed by another name,
   * which would never be checked. It is best resumed if each control connection has a {@link
   * #partition} of its own. In TLS 1.3 each data connection uses up a ticket: {@link
   * RepriseClient#ticketRequest} asks for more.
   *
   * @throws IllegalArgumentException if both are not of one context, or {@code control} does not
   *     know its server
   * @throws IllegalStateException if the handshake of {@code data} has begun
   */
  public static void resume(SSLEngine data, SSLEngine control) {
    RepriseEngine from = engine(control);
    RepriseEngine to = engine(data);
    if (!from.context().equals(to.context())) {
      throw new IllegalArgumentException("Sessions are resumed by engines of one context");
    }
    to.useSessionsOf(from.parameters().sessionPartition, requireKey(from));
  }

  /**
   * Takes out the session that {@code engine} would offer next, as bytes that are worth nothing
   * without {@code key}; null if there is none (any more). A TLS 1.3 session is moved: it is not
   * offered here again. A TLS 1.2 session is copied, as it may be used more than once.
   *
   * @param key 32 bytes, AES-256 by whatever name
   * @throws IllegalArgumentException if it is not, or {@code engine} does not know its server
   */
  public static byte @Nullable [] exportSession(SSLEngine engine, SecretKey key)
      throws SSLException {
    RepriseEngine ours = engine(engine);
    ClientSessionKey own = requireKey(ours);
    byte[] bytes = keyBytes(key);
    ClientSession session = ours.context().clientSessions().store().take(own);
    try {
      return session == null
          ? null
          : ExportedClientSession.seal(
              session, portable(ours, own), bytes, ours.context().crypto().random());
    } catch (TlsException e) {
      throw SslExceptions.of(e);
    } finally {
      if (session != null) {
        session.session().close();
      }
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Gives {@code engine} a session of {@link #exportSession} to offer. It must have been made with
   * the same host and port, in a partition of the same name, and under the same endpoint
   * identification; that its server is trusted here is the caller's to know, unless {@link
   * RepriseClient#recheckPeerOnResumption} is set.
   *
   * @param key the one that it was exported under
   * @throws SSLException if a bit of it was changed or is missing, or it belongs to another key,
   *     server or partition, or it has expired
   * @throws IllegalArgumentException if the key has not 32 bytes, or {@code engine} does not know
   *     its server
   */
  public static void importSession(SSLEngine engine, byte[] exported, SecretKey key)
      throws SSLException {
    RepriseEngine ours = engine(engine);
    ClientSessionKey own = requireKey(ours);
    byte[] bytes = keyBytes(key);
    try {
      ClientSession session = ExportedClientSession.open(exported, portable(ours, own), bytes);
      if (session == null) {
        throw new SSLException(
            "The session cannot be imported: it was changed, or it is of another key, server,"
                + " partition or endpoint identification");
      }
      keep(ours, own, session);
    } catch (TlsException e) {
      throw SslExceptions.of(e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** {@link #partition(SSLEngine, String)} for a socket. */
  public static void partition(SSLSocket socket, String partition) {
    partition(engine(socket), partition);
  }

  /** {@link #resume(SSLEngine, SSLEngine)} for sockets, which have to be connected. */
  public static void resume(SSLSocket data, SSLSocket control) {
    resume(engine(data), engine(control));
  }

  /** {@link #exportSession(SSLEngine, SecretKey)} for a socket, which has to be connected. */
  public static byte @Nullable [] exportSession(SSLSocket socket, SecretKey key)
      throws SSLException {
    return exportSession(engine(socket), key);
  }

  /** {@link #importSession(SSLEngine, byte[], SecretKey)} for a socket that is connected. */
  public static void importSession(SSLSocket socket, byte[] exported, SecretKey key)
      throws SSLException {
    importSession(engine(socket), exported, key);
  }

  private static SSLEngine engine(SSLSocket socket) {
    if (socket instanceof RepriseSocket ours) {
      return ours.engine();
    }
    throw new IllegalArgumentException("Not a socket of Reprise");
  }

  private static void keep(RepriseEngine engine, ClientSessionKey key, ClientSession session)
      throws SSLException {
    ContextConfig context = engine.context();
    if (session.session().expiresAtMillis() <= context.clock().millis()) {
      session.session().close();
      throw new SSLException("The session cannot be imported: it has expired");
    }
    context.clientSessions().store().put(key, session);
  }

  private static ClientSessionKey portable(RepriseEngine engine, ClientSessionKey key) {
    return SessionKeys.portable(engine.context().clientSessions(), key);
  }

  private static byte[] keyBytes(SecretKey key) {
    byte[] bytes = key.getEncoded();
    if (bytes == null || bytes.length != ExportedClientSession.KEY_LENGTH) {
      throw new IllegalArgumentException(
          "The key of an exported session has " + ExportedClientSession.KEY_LENGTH + " bytes");
    }
    return bytes;
  }

  private static ClientSessionKey requireKey(RepriseEngine engine) {
    ClientSessionKey key = engine.sessionKey();
    if (key == null) {
      throw new IllegalArgumentException(
          "The engine remembers no sessions: it needs host and port, and no algorithm constraints");
    }
    return key;
  }

  private static RepriseEngine engine(SSLEngine engine) {
    if (engine instanceof RepriseEngine ours && ours.getUseClientMode()) {
      return ours;
    }
    throw new IllegalArgumentException("Not a client's engine of Reprise");
  }
}
