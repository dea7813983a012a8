/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose key files are read. A key is a name of 16 bytes, an AES key and an HMAC key of 16 bytes
 * each (48 in all) or 32 bytes each (80); the servers do not agree on which half comes first, and
 * none of them notices when it is given the file of another.
 */
public enum KeyFileFormat {
  /** Raw, a key in each file; the first file seals. */
  NGINX("nginx", true, true, true),
  /** Base64, a key in each line, at least three of one size; the last but one seals. */
  HAPROXY("HAProxy", true, true, false),
  /** Apache httpd: raw, one file of one key. */
  HTTPD("httpd", true, false, false),
  /** Raw, a key in each file; the first file seals. */
  ENVOY("Envoy", false, true, true);

  /** HAProxy's TLS_TICKETS_NO: of a longer file the last three lines count. */
  static final int HAPROXY_KEYS = 3;

  private final String server;
  private final boolean shortKeys;
  private final boolean longKeys;
  private final boolean severalFiles;

  KeyFileFormat(String server, boolean shortKeys, boolean longKeys, boolean severalFiles) {
    this.server = server;
    this.shortKeys = shortKeys;
    this.longKeys = longKeys;
    this.severalFiles = severalFiles;
  }

  /** The format that {@code word} names on a command line: {@code nginx}, {@code haproxy}, ... */
  public static Optional<KeyFileFormat> of(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** How command lines call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How its makers call the server. */
  public String server() {
    return server;
  }

  /** Bytes that a key may have: 48, 80 or both. */
  public List<Integer> keyLengths() {
    List<Integer> lengths = new ArrayList<>();
    if (shortKeys) {
      lengths.add(FileKey.SHORT);
    }
    if (longKeys) {
      lengths.add(FileKey.LONG);
    }
    return List.copyOf(lengths);
  }

  /** The longest of them. */
  public int longestKey() {
    return keyLengths().getLast();
  }

  /** Whether there may be more than one file, with a key in each. */
  public boolean severalFiles() {
    return severalFiles;
  }

  /** What the key at {@code index} of {@code count} is for. */
  public KeyRole role(int index, int count) {
    int sealing = this == HAPROXY ? Math.max(0, count - 2) : 0;
    if (index == sealing) {
      return KeyRole.SEALS;
    }
    return this == HAPROXY && index > sealing ? KeyRole.SEALS_NEXT : KeyRole.OPENS;
  }

  /** Whether the AES key stands before the HMAC key in a key of {@code length} bytes. */
  boolean aesFirst(int length) {
    return switch (this) {
      case NGINX -> length == FileKey.SHORT;
      case HAPROXY -> true;
      case HTTPD, ENVOY -> false;
    };
  }

  /** The command that makes a key of this format. */
  String mend() {
    return "`reprise keys generate --format "
        + word()
        + (this == HAPROXY ? " --keys 1`" : " --out FILE`");
  }

  /** "48 or 80". */
  String lengthsInWords() {
    return String.join(" or ", keyLengths().stream().map(String::valueOf).toList());
  }
}
