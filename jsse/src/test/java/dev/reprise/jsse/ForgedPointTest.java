/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Points of the other side that are none, by way of SSLEngine and over all providers. */
class ForgedPointTest {
  private static final int LENGTH = 65;
  private static final byte UNCOMPRESSED = 4;

  /** What is made of an honest point. */
  enum Forgery {
    OFF_THE_CURVE {
      @Override
      byte[] of(byte[] point) {
        point[LENGTH - 1] ^= 1;
        return point;
      }
    },
    COMPRESSED {
      @Override
      byte[] of(byte[] point) {
        point[0] = (byte) (2 + (point[LENGTH - 1] & 1));
        return Arrays.copyOf(point, 33);
      }
    },
    HYBRID {
      @Override
      byte[] of(byte[] point) {
        point[0] = (byte) (6 + (point[LENGTH - 1] & 1));
        return point;
      }
    },
    TOO_LARGE {
      @Override
      byte[] of(byte[] point) {
        Arrays.fill(point, 1, 33, (byte) 0xff);
        return point;
      }
    },
    ORIGIN {
      @Override
      byte[] of(byte[] point) {
        Arrays.fill(point, 1, LENGTH, (byte) 0);
        return point;
      }
    },
    INFINITY {
      @Override
      byte[] of(byte[] point) {
        return new byte[1];
      }
    };

    abstract byte[] of(byte[] point);
  }

  static Stream<Arguments> toServers() {
    return Contexts.casesWithOurServer()
        .flatMap(each -> Stream.of(Forgery.values()).map(forgery -> Arguments.of(each, forgery)));
  }

  static Stream<Arguments> toClients() {
    return Contexts.casesWithOurClient()
        .filter(each -> each.version().equals(Contexts.TLS13))
        .flatMap(each -> Stream.of(Forgery.values()).map(forgery -> Arguments.of(each, forgery)));
  }

  /** In TLS 1.3 in the ClientHello, in TLS 1.2 in the ClientKeyExchange: nothing else covers it. */
  @ParameterizedTest
  @MethodSource("toServers")
  void areRefusedByServers(Case each, Forgery forgery) throws Exception {
    assertRefused(pair(each, Side.CLIENT, forgery), Side.SERVER);
  }

  /** In the ServerHello; what TLS 1.2 has is signed, so that the forgery itself is found first. */
  @ParameterizedTest
  @MethodSource("toClients")
  void areRefusedByClients(Case each, Forgery forgery) throws Exception {
    assertRefused(pair(each, Side.SERVER, forgery), Side.CLIENT);
  }

  private static EnginePair pair(Case each, Side forger, Forgery forgery) {
    EnginePair pair = each.pair();
    Contexts.configure(
        pair.client(), parameters -> parameters.setNamedGroups(new String[] {"secp256r1"}));
    byte[] before =
        each.version().equals(Contexts.TLS13)
            ? new byte[] {0, 0x17, 0, LENGTH, UNCOMPRESSED}
            : new byte[] {0x10, 0, 0, LENGTH + 1, LENGTH, UNCOMPRESSED};
    return pair.over((from, bytes) -> from == forger ? forged(bytes, before, forgery) : bytes);
  }

  private static void assertRefused(EnginePair pair, Side by) throws SSLException {
    String reason =
        Observed.message(by == Side.SERVER ? Refusal.of(pair, by) : Refusal.withoutWords(pair, by));
    assertTrue(
        reason.startsWith("(illegal_parameter)") || reason.startsWith("(decode_error)"), reason);
  }

  /** The same bytes but for the point, and for the lengths of all that it is in. */
  private static byte[] forged(byte[] bytes, byte[] before, Forgery forgery) {
    int start = indexOf(bytes, before);
    if (start < 0) {
      return bytes;
    }
    int point = start + before.length - 1;
    byte[] forged = forgery.of(Arrays.copyOfRange(bytes, point, point + LENGTH));
    ByteBuffer out = ByteBuffer.allocate(bytes.length - LENGTH + forged.length);
    out.put(bytes, 0, point).put(forged).put(bytes, point + LENGTH, bytes.length - point - LENGTH);
    int less = LENGTH - forged.length;
    shorten(out, 3, less);
    shorten(out, 7, less);
    if (before[0] == 0) {
      shorten(out, start + 2, less);
      shorten(out, extensions(bytes), less);
      boolean client = bytes[5] == 1;
      shorten(out, start - 2, less);
      if (client) {
        shorten(out, start - 4, less);
      }
    } else {
      out.put(start + 4, (byte) forged.length);
    }
    return out.array();
  }

  /** Where a hello has the length of its extensions. */
  private static int extensions(byte[] hello) {
    ByteBuffer in = ByteBuffer.wrap(hello);
    int at = 5 + 4 + 2 + 32;
    at += 1 + in.get(at);
    return hello[5] == 1 ? at + 2 + in.getShort(at) + 2 : at + 3;
  }

  private static void shorten(ByteBuffer message, int at, int less) {
    message.putShort(at, (short) (message.getShort(at) - less));
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.mismatch(bytes, i, i + wanted.length, wanted, 0, wanted.length) < 0) {
        return i;
      }
    }
    return -1;
  }
}
