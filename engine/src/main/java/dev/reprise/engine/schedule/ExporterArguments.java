/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import org.jspecify.annotations.Nullable;

/** The bounds of an exporter's arguments, the same in both versions. */
final class ExporterArguments {
  private ExporterArguments() {}

  static void check(String label, byte @Nullable [] context, int length) {
    require(
        !label.isEmpty() && label.length() <= Exporter.MAX_LABEL_LENGTH && isPrintableAscii(label),
        "An exporter label is 1 to 249 printable ASCII characters");
    require(
        context == null || context.length <= Exporter.MAX_CONTEXT_LENGTH,
        "An exporter context is at most 65,535 bytes");
    require(
        length >= 1 && length <= Exporter.MAX_LENGTH, "An exporter gives 1 to 8,160 bytes a call");
  }

  private static boolean isPrintableAscii(String label) {
    return label.chars().allMatch(character -> character >= 0x20 && character < 0x7f);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
