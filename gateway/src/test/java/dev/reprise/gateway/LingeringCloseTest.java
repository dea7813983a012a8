/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class LingeringCloseTest {
  private final LingeringClose closing = new LingeringClose();
  private final EmbeddedChannel channel = new EmbeddedChannel(closing);

  @Test
  void letsBytesThrough() {
    ByteBuf bytes = Unpooled.buffer().writeByte(1);
    channel.writeInbound(bytes);
    assertSame(bytes, channel.readInbound());
    bytes.release();
  }

  @Test
  void dropsWhatComesAfterTheEnd() {
    closing.discardInput();
    ByteBuf bytes = Unpooled.buffer().writeByte(1);
    channel.writeInbound(bytes);
    assertNull(channel.readInbound());
    assertEquals(0, bytes.refCnt());
  }
}
