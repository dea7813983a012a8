/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
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

  @Test
  void letsAClientFinishHoweverOftenItIsClosed() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Listener listener =
          Listener.bind(
              loops,
              Peers.ANY_PORT,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              new ClosesTwice());
      try (Socket client = Peers.plain(listener.address())) {
        assertEquals(-1, client.getInputStream().read());
        // More than sockets hold: somebody reads it, and nobody resets the connection.
        client.getOutputStream().write(new byte[32 << 20]);
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static final class ClosesTwice extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel accepted) {
      accepted
          .pipeline()
          .addLast(
              new LingeringClose(),
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                  context.close();
                  context.close();
                }
              });
    }
  }
}
