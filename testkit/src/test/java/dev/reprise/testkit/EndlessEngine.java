/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An engine that never has enough: there is always one more task, or there is none to be had. */
final class EndlessEngine extends SSLEngine {
  private final @Nullable Runnable task;

  EndlessEngine(@Nullable Runnable task) {
    this.task = task;
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return HandshakeStatus.NEED_TASK;
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return task;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer to)
      throws SSLException {
    throw new SSLException("not asked for");
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] targets, int offset, int length)
      throws SSLException {
    throw new SSLException("not asked for");
  }

  @Override
  public void beginHandshake() {}

  @Override
  public void closeInbound() {}

  @Override
  public boolean isInboundDone() {
    return false;
  }

  @Override
  public void closeOutbound() {}

  @Override
  public boolean isOutboundDone() {
    return false;
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return new String[0];
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {}

  @Override
  public String[] getSupportedProtocols() {
    return new String[0];
  }

  @Override
  public String[] getEnabledProtocols() {
    return new String[0];
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {}

  @Override
  public SSLSession getSession() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setUseClientMode(boolean client) {}

  @Override
  public boolean getUseClientMode() {
    return false;
  }

  @Override
  public void setNeedClientAuth(boolean need) {}

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public void setWantClientAuth(boolean want) {}

  @Override
  public boolean getWantClientAuth() {
    return false;
  }

  @Override
  public void setEnableSessionCreation(boolean enable) {}

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }
}
