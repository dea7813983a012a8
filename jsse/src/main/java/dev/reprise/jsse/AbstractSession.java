/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.Identity;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** What all sessions have that no handshake decides. */
abstract class AbstractSession extends ExtendedSSLSession {
  private final @Nullable SSLSessionContext context;
  private final @Nullable String peerHost;
  private final int peerPort;
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

  /** What is bound to the session, or null if nothing is. */
  abstract @Nullable BoundValues values();

  abstract BoundValues valuesToChange();

  @Override
  public void putValue(String name, Object value) {
    if (name == null || value == null) {
      throw new IllegalArgumentException("Neither name nor value may be null");
    }
    valuesToChange().put(this, name, value);
  }

  @Override
  public @Nullable Object getValue(String name) {
    requireName(name);
    BoundValues bound = values();
    return bound == null ? null : bound.get(name);
  }

  @Override
  public void removeValue(String name) {
    requireName(name);
    BoundValues bound = values();
    if (bound != null) {
      bound.remove(this, name);
    }
  }

  @Override
  public String[] getValueNames() {
    BoundValues bound = values();
    return bound == null ? new String[0] : bound.names();
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

  static Certificate @Nullable [] certificates(@Nullable Identity identity) {
    return identity == null ? null : identity.certificates().toArray(new Certificate[0]);
  }

  static @Nullable Principal principal(@Nullable Identity identity) {
    return identity == null ? null : identity.certificates().getFirst().getSubjectX500Principal();
  }

  private static void requireName(@Nullable String name) {
    if (name == null) {
      throw new IllegalArgumentException("The name may not be null");
    }
  }
}
