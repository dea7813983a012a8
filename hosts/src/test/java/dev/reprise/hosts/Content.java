/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import dev.reprise.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/** What every server here answers {@code /bytes} with, 100 MiB of it, and its checksum. */
final class Content {
  static final int BLOCKS = 1600;
  private static final byte[] BLOCK = block();
  static final long LENGTH = (long) BLOCKS * BLOCK.length;
  static final Sum SUM = sum();

  private Content() {}

  /** How many bytes, and their CRC32C. */
  record Sum(long length, long checksum) {}

  /** Adds up what comes in. */
  static final class Summing extends OutputStream {
    private final CRC32C checksum = new CRC32C();
    private long length;

    @Override
    public void write(int value) {
      checksum.update(value);
      length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      checksum.update(bytes, offset, count);
      length += count;
    }

    Sum sum() {
      return new Sum(length, checksum.getValue());
    }
  }

  /** 64 KiB; the whole is {@link #BLOCKS} of them. */
  static byte[] block() {
    byte[] block = new byte[1 << 16];
    SeededRandom.of(100).nextBytes(block);
    return block;
  }

  static void writeTo(OutputStream out) throws IOException {
    for (int i = 0; i < BLOCKS; i++) {
      out.write(BLOCK);
    }
  }

  static InputStream stream() {
    List<InputStream> blocks =
        Collections.nCopies(BLOCKS, BLOCK).stream()
            .<InputStream>map(ByteArrayInputStream::new)
            .toList();
    return new SequenceInputStream(Collections.enumeration(blocks));
  }

  static Sum of(InputStream in) throws IOException {
    Summing summing = new Summing();
    in.transferTo(summing);
    return summing.sum();
  }

  private static Sum sum() {
    try {
      Summing summing = new Summing();
      writeTo(summing);
      return summing.sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
