/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.WellKnownWeakKeys;
import dev.reprise.fleet.keyfiles.FileWatch;
import dev.reprise.fleet.keyfiles.KeyFileException;
import dev.reprise.fleet.keyfiles.SecretFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file with the fleet key: a line, or two while one key takes the other's place. What a node
 * writes is authenticated with the first line; what it reads, by either. So a key is replaced
 * without a stop: the new one is put on the second line everywhere, then on the first, then the old
 * one is taken out. Lines that are empty or begin with {@code #} do not count.
 *
 * <p>Not for use by several threads.
 */
public final class FleetKeyFile implements AutoCloseable {
  private static final String PREFIX = "reprise-fleet-key-1:";
  private static final int MOST_KEYS = 2;

  private final Path path;
  private final boolean allowInsecurePermissions;
  private final FileWatch watch;
  private List<FleetKey> keys;

  private FleetKeyFile(Path path, boolean allowInsecurePermissions) throws FleetException {
    this.path = path;
    this.allowInsecurePermissions = allowInsecurePermissions;
    this.watch = new FileWatch(List.of(path));
    boolean _ = watch.isDue();
    this.keys = load();
    watch.taken(true);
  }

  /**
   * Reads the file.
   *
   * @throws FleetException if it cannot be used
   */
  public static FleetKeyFile read(Path path, boolean allowInsecurePermissions)
      throws FleetException {
    return new FleetKeyFile(path, allowInsecurePermissions);
  }

  /** A line for a new key, without its end. */
  public static String newLine(SecureRandom random) {
    byte[] bytes = new byte[FleetKey.LENGTH];
    random.nextBytes(bytes);
    try {
      return PREFIX + Base64.getEncoder().encodeToString(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** One or two, the one to write with first. They are this file's to close. */
  public List<FleetKey> keys() {
    return keys;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Takes up what has changed in the file since, once it looks the same twice in a row.
   *
   * @return whether other keys are in force now
   * @throws FleetException if it cannot be used any more: the keys stay what they were
   */
  boolean look() throws FleetException {
    return watch.isDue() && reload();
  }

  private boolean reload() throws FleetException {
    try {
      List<FleetKey> loaded = load();
      watch.taken(true);
      boolean changed = !same(loaded, keys);
      List<FleetKey> gone = changed ? keys : loaded;
      keys = changed ? loaded : keys;
      gone.forEach(FleetKey::close);
      return changed;
    } catch (FleetException e) {
      watch.taken(false);
      throw e;
    }
  }

  private static boolean same(List<FleetKey> some, List<FleetKey> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).sameAs(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private List<FleetKey> load() throws FleetException {
    byte[] bytes;
    try {
      bytes = SecretFile.read(path, "fleet key file", allowInsecurePermissions);
    } catch (KeyFileException e) {
      throw new FleetException(e.sentence(), e);
    }
    CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes));
    try {
      return parse(text);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text.array(), '\0');
    }
  }

  private List<FleetKey> parse(CharBuffer text) throws FleetException {
    List<FleetKey> found = new ArrayList<>();
    try {
      int number = 0;
      while (text.hasRemaining()) {
        number++;
        FleetKey key = parseLine(nextLine(text), number);
        if (key != null) {
          found.add(key);
        }
      }
      refuseOtherThanOneOrTwo(found);
      return List.copyOf(found);
    } catch (FleetException e) {
      found.forEach(FleetKey::close);
      throw e;
    }
  }

  private void refuseOtherThanOneOrTwo(List<FleetKey> found) throws FleetException {
    if (found.isEmpty()) {
      throw new FleetException(
          path + " holds no fleet key; make one with `reprise keys fleet --out FILE`");
    }
    if (found.size() > MOST_KEYS) {
      throw new FleetException(
          path + " holds more than two fleet keys; leave the one in use and the one to come");
    }
    if (found.size() == MOST_KEYS && found.getFirst().sameAs(found.getLast())) {
      throw new FleetException(path + " holds one fleet key twice; take a line out");
    }
  }

  private static CharBuffer nextLine(CharBuffer text) {
    int start = text.position();
    while (text.hasRemaining()) {
      if (text.get() == '\n') {
        return text.duplicate().position(start).limit(text.position() - 1);
      }
    }
    return text.duplicate().position(start).limit(text.limit());
  }

  private @Nullable FleetKey parseLine(CharBuffer line, int number) throws FleetException {
    CharBuffer trimmed = trim(line);
    if (!trimmed.hasRemaining() || trimmed.charAt(0) == '#') {
      return null;
    }
    for (int i = 0; i < PREFIX.length(); i++) {
      if (i >= trimmed.length() || trimmed.charAt(i) != PREFIX.charAt(i)) {
        throw wrong(number, "does not begin with " + PREFIX);
      }
    }
    byte[] encoded = new byte[trimmed.length() - PREFIX.length()];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = (byte) trimmed.charAt(PREFIX.length() + i);
    }
    try {
      return key(encoded, number);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private FleetKey key(byte[] encoded, int number) throws FleetException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw wrong(number, "is no Base64");
    }
    try {
      if (bytes.length != FleetKey.LENGTH) {
        throw wrong(number, "has not 32 bytes");
      }
      String weakness = WellKnownWeakKeys.weakness(bytes);
      if (weakness != null) {
        throw wrong(number, weakness);
      }
      return FleetKey.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private FleetException wrong(int number, String what) {
    return new FleetException(
        "Line "
            + number
            + " of "
            + path
            + " "
            + what
            + ", so it is no fleet key; make one with `reprise keys fleet`");
  }

  private static CharBuffer trim(CharBuffer line) {
    CharBuffer trimmed = line.duplicate();
    while (trimmed.hasRemaining() && trimmed.charAt(0) <= ' ') {
      trimmed.position(trimmed.position() + 1);
    }
    while (trimmed.hasRemaining() && trimmed.charAt(trimmed.length() - 1) <= ' ') {
      trimmed.limit(trimmed.limit() - 1);
    }
    return trimmed;
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    keys.forEach(FleetKey::close);
  }
}
