/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JdkAesGcmTest {
  @ParameterizedTest
  @CsvSource({
    "true, flags\\t\\t: fpu avx512f avx512dq avx512bw avx512vl gfni vaes vpclmulqdq rdpid",
    "false, flags\\t\\t: fpu avx2 vaes vpclmulqdq",
    "false, flags\\t\\t: fpu avx512f avx512dq avx512bw avx512vl aes pclmulqdq",
    "false, Features\\t: fp asimd aes pmull",
    "false, ''"
  })
  void isQuickWhereTheFirstProcessorHasVectorAesInFiveHundredTwelveBits(boolean quick, String flags)
      throws IOException {
    String told = "processor\t: 0\nmodel name\t: one\n" + flags.replace("\\t", "\t") + "\n";
    String others = "\nprocessor\t: 1\nflags\t\t: fpu\n";
    assertEquals(quick, JdkAesGcm.isQuick(new BufferedReader(new StringReader(told + others))));
  }
}
