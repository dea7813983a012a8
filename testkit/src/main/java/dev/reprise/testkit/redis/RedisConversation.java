/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks RESP2, the protocol of Redis: so that a test can look at a server without the client that
 * it tests. A word is a text or bytes; an answer is a {@code String}, a {@code Long}, a {@code
 * byte[]}, a {@code List} of answers or null.
 */
public final class RedisConversation implements AutoCloseable {
  private final SocketChannel channel;
  private final DataInputStream in;
  private final OutputStream out;

  private RedisConversation(SocketChannel channel) {
    this.channel = channel;
    in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    out = Channels.newOutputStream(channel);
  }

  public static RedisConversation with(SocketAddress address) throws IOException {
    return new RedisConversation(SocketChannel.open(address));
  }

  /**
   * Says one command and waits for its answer.
   *
   * @throws IOException with the server's own words if it refuses
   */
  public @Nullable Object say(Object... words) throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (Object word : words) {
      byte[] bytes =
          word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      command.writeBytes(bytes);
      command.writeBytes(new byte[] {'\r', '\n'});
    }
    out.write(command.toByteArray());
    return answer();
  }

  private @Nullable Object answer() throws IOException {
    int kind = in.readUnsignedByte();
    String line = line();
    return switch (kind) {
      case '+' -> line;
      case '-' -> throw new IOException(line);
      case ':' -> Long.valueOf(line);
      case '$' -> bulk(Integer.parseInt(line));
      case '*' -> array(Integer.parseInt(line));
      default -> throw new IOException("an answer that begins with " + (char) kind);
    };
  }

  private byte @Nullable [] bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    line();
    return bytes;
  }

  private @Nullable List<@Nullable Object> array(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> answers = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      answers.add(answer());
    }
    return answers;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\r'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    in.readUnsignedByte();
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
