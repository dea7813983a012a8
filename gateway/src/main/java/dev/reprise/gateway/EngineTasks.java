/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one connection's TLS engine (signatures, trust, a session store) elsewhere, so
 * that no other connection waits for them, and reads nothing from the client meanwhile: the TLS
 * handler would gather what comes in without a bound.
 */
final class EngineTasks extends ChannelOutboundHandlerAdapter implements Executor {
  private final Executor threads;
  private @Nullable ChannelHandlerContext context;
  private int running;
  private boolean readWanted;

  EngineTasks(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** On the event loop, as the TLS handler calls it. */
  @Override
  public void execute(Runnable task) {
    running++;
    threads.execute(() -> {
      try {
        task.run();
      } finally {
        onEventLoop(this::finished);
      }
    });
  }

  @Override
  public void read(ChannelHandlerContext reading) {
    if (running > 0) {
      readWanted = true;
    } else {
      reading.read();
    }
  }

  private void finished() {
    running--;
    if (running == 0 && readWanted && context != null) {
      readWanted = false;
      context.read();
    }
  }

  private void onEventLoop(Runnable action) {
    if (context != null && !context.executor().isShuttingDown()) {
      context.executor().execute(action);
    }
  }
}
