/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Whose memory of sessions is measured. */
enum Rememberer {
  REPRISE("Reprise", "512m", 100_000) {
    @Override
    Remembering remembering(int count, IntFunction<String> names) {
      return new RepriseRemembering(400L * count + (8 << 20), names);
    }
  },

  SUNJSSE_BY_HANDSHAKES("SunJSSE, by handshakes", "1g", 5_000) {
    @Override
    Remembering remembering(int count, IntFunction<String> names) {
      return new SunJsseRemembering(count, names, false);
    }
  },

  /** A million handshakes would take too long. */
  SUNJSSE_BY_COPIES("SunJSSE, by copies", "4g", 20_000) {
    @Override
    List<String> opened() {
      return ObjectCopier.OPENED;
    }

    @Override
    Remembering remembering(int count, IntFunction<String> names) {
      return new SunJsseRemembering(count, names, true);
    }
  };

  private final String title;
  private final String heap;
  private final int warmUp;

  Rememberer(String title, String heap, int warmUp) {
    this.title = title;
    this.heap = heap;
    this.warmUp = warmUp;
  }

  /**
   * @param count how many sessions there will be
   */
  abstract Remembering remembering(int count, IntFunction<String> names);

  /** With so many different names of 20 bytes. */
  Remembering remembering(int count, int names) {
    return remembering(count, i -> String.format(Locale.ROOT, "h%07d.example.com", i % names));
  }

  String title() {
    return title;
  }

  /** For the Java heap: what it takes there, and room. */
  String heap() {
    return heap;
  }

  /** So many sessions until nothing more is compiled. */
  int warmUp() {
    return warmUp;
  }

  /** Packages of the JDK that it looks into. */
  List<String> opened() {
    return List.of();
  }
}
