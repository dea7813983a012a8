/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ForwarderTest {
  private static final int PIECE = 16 << 10;

  private final EmbeddedChannel target = new EmbeddedChannel();
  private final EmbeddedChannel source = new EmbeddedChannel();
  private int lost;

  ForwarderTest() {
    source.pipeline().addLast(new CountingForwarder());
  }

  /** What is not flushed is not sealed, and what is not sealed is not counted by the target. */
  @Test
  void letsLittleWaitUnflushed() {
    for (int i = 0; i < 3; i++) {
      read();
    }
    assertEquals(0, target.outboundMessages().size());
    read();
    assertEquals(4, target.outboundMessages().size());
    target.releaseOutbound();
  }

  @Test
  void flushesWhenThereIsNoMoreForNow() {
    read();
    source.pipeline().fireChannelReadComplete();
    assertEquals(1, target.outboundMessages().size());
    target.releaseOutbound();
  }

  @Test
  void readsForItsSourceOnlyWhatThatTakes() {
    source.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    source.runPendingTasks();
    assertFalse(target.config().isAutoRead());
    source.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    source.runPendingTasks();
    assertTrue(target.config().isAutoRead());
  }

  @Test
  void noticesThatItsTargetTakesNoMore() {
    target
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                io.netty.util.ReferenceCountUtil.release(message);
                promise.setFailure(new IOException("Broken pipe"));
              }
            });
    read();
    assertEquals(1, lost);
  }

  private void read() {
    source.pipeline().fireChannelRead(Unpooled.buffer(PIECE).writeZero(PIECE));
  }

  private final class CountingForwarder extends Forwarder {
    CountingForwarder() {
      super(source, target);
    }

    @Override
    void targetLost() {
      lost++;
    }
  }
}
