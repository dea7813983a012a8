/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** What all sessions have that no handshake decides. */
abstract class AbstractSession extends ExtendedSSLSession {
  private final @Nullable SSLSessionContext context;
  private final @Nullable String peerHost;
  private final int peerPort;
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private volatile boolean invalidated;

  AbstractSession(@Nullable SSLSessionContext context, @Nullable String peerHost, int peerPort) {
    this.context = context;
    this.peerHost = peerHost;
    this.peerPort = peerPort;
  }

  @Override
  public @Nullable SSLSessionContext getSessionContext() {
    return context;
  }

  @Override
  public void invalidate() {
    invalidated = true;
  }

  @Override
  public boolean isValid() {
    return !invalidated;
  }

  @Override
  public void putValue(String name, Object value) {
    if (name == null || value == null) {
      throw new IllegalArgumentException("Neither name nor value may be null");
    }
    Object replaced = values.put(name, value);
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueBound(new SSLSessionBindingEvent(this, name));
    }
    unbound(name, replaced);
  }

  @Override
  public @Nullable Object getValue(String name) {
    requireName(name);
    return values.get(name);
  }

  @Override
  public void removeValue(String name) {
    requireName(name);
    unbound(name, values.remove(name));
  }

  @Override
  public String[] getValueNames() {
    return values.keySet().toArray(new String[0]);
  }

  @Override
  public @Nullable String getPeerHost() {
    return peerHost;
  }

  @Override
  public int getPeerPort() {
    return peerPort;
  }

  @Override
  public int getPacketBufferSize() {
    return TlsConnection.LONGEST_RECORD;
  }

  @Override
  public int getApplicationBufferSize() {
    return TlsConnection.LONGEST_APPLICATION_SPACE;
  }

  /** Stapled responses are neither asked for nor sent. */
  @Override
  public List<byte[]> getStatusResponses() {
    return List.of();
  }

  private void unbound(String name, @Nullable Object value) {
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueUnbound(new SSLSessionBindingEvent(this, name));
    }
  }

  private static void requireName(@Nullable String name) {
    if (name == null) {
      throw new IllegalArgumentException("The name may not be null");
    }
  }
}
