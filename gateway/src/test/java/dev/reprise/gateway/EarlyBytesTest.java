/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyBytesTest {
  private final EarlyBytes early = new EarlyBytes();
  private final EmbeddedChannel channel = new EmbeddedChannel(early);
  private final List<Object> seen = new ArrayList<>();

  @Test
  void handsOverWhatCameEarlyInItsOrder() {
    channel.writeInbound(bytes("one"), bytes("two"));
    channel.pipeline().fireUserEventTriggered("end");
    early.handOver(recorder());
    assertEquals(List.of("one", "two", "complete", "end"), seen);
  }

  @Test
  void stepsOutOfTheWay() {
    early.handOver(recorder());
    seen.clear();
    channel.writeInbound(bytes("late"));
    assertEquals(List.of("late", "complete"), seen);
  }

  @Test
  void letsGoOfItsBytesWhenTheClientLeaves() {
    ByteBuf kept = bytes("kept");
    channel.writeInbound(kept);
    assertEquals(1, kept.refCnt());
    channel.close();
    assertEquals(0, kept.refCnt());
  }

  private ChannelInboundHandlerAdapter recorder() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        seen.add(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
      }

      @Override
      public void channelReadComplete(ChannelHandlerContext context) {
        seen.add("complete");
      }

      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        seen.add(event);
      }
    };
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
