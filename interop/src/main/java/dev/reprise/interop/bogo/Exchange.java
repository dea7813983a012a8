/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.schedule.AnyLabel;
import dev.reprise.engine.wire.TlsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

/** One connection: handshake, a look at what it came to, an echo, and the end. */
final class Exchange {
  private static final int[] RECORD_SIZES = {
    0, 1, 255, 256, 257, 16383, 16384, 16385, 32767, 32768, 32769
  };

  private final Settings settings;
  private final TlsConnection tls;
  private final Wire wire;
  private final Expectations expectations;
  private final ByteBuffer received = ByteBuffer.allocate(TlsConnection.LONGEST_APPLICATION_SPACE);

  Exchange(Settings settings, TlsConnection tls, Wire wire, Expectations expectations) {
    this.settings = settings;
    this.tls = tls;
    this.wire = wire;
    this.expectations = expectations;
  }

  void run() throws IOException, TlsException, UnexpectedException, GeneralSecurityException {
    try {
      while (!tls.isConnected()) {
        step();
      }
      settle();
      ConnectionInfo info = Objects.requireNonNull(tls.info());
      expectations.afterHandshake(info, wire.retryRequested());
      export(info);
      exchange();
      expectations.atEnd(info);
      end();
    } catch (TlsException e) {
      wire.flush(tls);
      throw e;
    }
  }

  private void step() throws IOException, TlsException {
    switch (tls.needs()) {
      case WRITE -> wire.flush(tls);
      case TASK -> runTask();
      case READ -> {
        if (wire.read(tls, received.clear()) < 0) {
          throw tls.truncated();
        }
      }
      case NOTHING -> throwFailure();
    }
  }

  private void runTask() throws TlsException {
    Task task = Objects.requireNonNull(tls.task());
    task.run();
    tls.complete(task);
    throwFailure();
  }

  private void throwFailure() throws TlsException {
    TlsException failure = tls.failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** Does what can be done without bytes of the peer. */
  private void settle() throws IOException, TlsException {
    while (tls.hasPendingOutput() || tls.needs() == TlsConnection.Needs.TASK) {
      step();
    }
    throwFailure();
  }

  private void export(ConnectionInfo info)
      throws IOException, TlsException, UnexpectedException, GeneralSecurityException {
    if (settings.exportKeyingMaterial == 0) {
      return;
    }
    if (info.exporter() == null) {
      throw new UnexpectedException("There is no exporter");
    }
    byte[] context = settings.useExportContext ? settings.exportContext : null;
    byte[] material =
        AnyLabel.export(
            info.exporter(), settings.exportLabel, context, settings.exportKeyingMaterial);
    wire.write(tls, ByteBuffer.wrap(material));
  }

  private void exchange() throws IOException, TlsException {
    if (settings.writeDifferentRecordSizes) {
      for (int size : RECORD_SIZES) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0x42);
        wire.write(tls, ByteBuffer.wrap(bytes));
      }
      return;
    }
    if (settings.readWithUnfinishedWrite) {
      wire.hold();
    }
    if (settings.readWithUnfinishedWrite || settings.shimWritesFirst) {
      wire.write(tls, ByteBuffer.wrap("hello".getBytes(US_ASCII)));
    }
    if (!settings.shimShutsDown) {
      echo();
    }
  }

  private void echo() throws IOException, TlsException {
    while (!tls.isInboundClosed()) {
      int count = wire.read(tls, received.clear());
      if (count < 0) {
        endWithoutCloseNotify();
        return;
      }
      settle();
      if (count > 0) {
        wire.release();
        if (settings.keyUpdate) {
          tls.updateKeys();
        }
        received.flip();
        for (int i = 0; i < count; i++) {
          received.put(i, (byte) ~received.get(i));
        }
        wire.write(tls, received);
      }
    }
  }

  private void endWithoutCloseNotify() throws TlsException {
    if (settings.checkCloseNotify) {
      throw tls.truncated();
    }
  }

  private void end() throws IOException, TlsException {
    tls.closeOutbound();
    wire.flush(tls);
    while (settings.shimShutsDown && settings.checkCloseNotify && !tls.isInboundClosed()) {
      if (wire.read(tls, received.clear()) < 0) {
        throw tls.truncated();
      }
    }
  }
}
