/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysCommandTest {
  private static final String CONVERT = " (see `reprise keys convert --help`).";
  private static final String GENERATE = " (see `reprise keys generate --help`).";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "nginx, 80",
    "nginx --size 48, 48",
    "httpd, 48",
    "envoy, 80",
    "haproxy, 327",
    "haproxy --size 48, 195"
  })
  void generatesAFileThatOnlyItsOwnerMayReadAndServeTakes(String format, int bytes)
      throws Exception {
    Path path = directory.resolve("key");
    String[] flags = ("keys generate --out " + path + " --format " + format).split(" ", -1);
    assertEquals(new Run(0, "", ""), Run.of(flags));
    assertEquals(bytes, Files.size(path));
    assertEquals("rw-------", mode(path));
    Run inspected = Run.of("keys", "inspect", "--format", flags[5], path.toString());
    assertEquals(0, inspected.exitCode(), inspected.error());
    byte[] before = Files.readAllBytes(path);
    assertEquals(
        new Run(
            2, "", said(path + " exists already; name another file, or replace it with --force")),
        Run.of(flags));
    assertArrayEquals(before, Files.readAllBytes(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    String[] forced = Arrays.copyOf(flags, flags.length + 1);
    forced[flags.length] = "--force";
    assertEquals(new Run(0, "", ""), Run.of(forced));
    assertEquals("rw-------", mode(path));
    assertFalse(Arrays.equals(before, Files.readAllBytes(path)));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void printsLinesOfHaproxy() {
    Run one = Run.of("keys", "generate", "--format", "haproxy", "--keys", "1");
    assertEquals(0, one.exitCode());
    assertEquals(80, Base64.getDecoder().decode(one.out().strip()).length);
    assertEquals(3, Run.of("keys", "generate", "--format", "haproxy").out().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --format nginx | Keys of nginx are no text to print; name a file with --out
          --format httpd --size 80 --out x | --size 80 is no size of httpd's keys; leave it out, or give it 48
          --format nginx --size 64 --out x | --size 64 is no size of nginx's keys; leave it out, or give it 48 or 80
          --format nginx --keys 2 --out x | --keys is for haproxy alone, since nginx has one key in a file; leave it out
          --format haproxy --keys 4 | --keys 4 cannot be; a file of haproxy's has 3 keys, and 1 to 3 can be printed
          --format haproxy --keys 1 --out x | --keys 1 cannot be; a file of haproxy's has 3 keys, and 1 to 3 can be printed
          """)
  void refusesToGenerate(String flags, String sentence) {
    assertEquals(new Run(2, "", said(sentence)), Run.of(("keys generate " + flags).split(" ", -1)));
  }

  @Test
  void saysWhatIsMissing() {
    assertEquals(
        "reprise: Missing required option: '--format=FORMAT'" + GENERATE + System.lineSeparator(),
        Run.of("keys", "generate").error());
    assertEquals(
        "reprise: Invalid value for option '--from': 'caddy' is none of nginx, haproxy, httpd and"
            + " envoy"
            + CONVERT
            + System.lineSeparator(),
        Run.of("keys", "convert", "--from", "caddy", "--to", "nginx", "a", "b").error());
    assertEquals(
        said(
            "No command was given; there are generate, inspect, convert, fleet and rotate (see `reprise keys"
                + " --help`)"),
        Run.of("keys").error());
  }

  @Test
  void cannotWriteWhereThereIsNoDirectory() {
    Path path = directory.resolve("none").resolve("key");
    Run run = Run.of("keys", "generate", "--format", "httpd", "--out", path.toString());
    assertEquals(
        new Run(
            1,
            "",
            said(
                "Cannot write "
                    + path
                    + " (NoSuchFileException); check that the directory is there and may be"
                    + " written to")),
        run);
  }

  @Test
  void inspectsWithoutASecret() throws Exception {
    Path path = write("keys", lines(48, 1, 2, 3));
    Run run = Run.of("keys", "inspect", "--format", "haproxy", path.toString());
    assertEquals(0, run.exitCode(), run.error());
    List<String> lines = run.out().lines().toList();
    List<String> roles = List.of("opens", "seals", "seals next");
    for (int i = 0; i < 3; i++) {
      byte[] key = random(i + 1, 48);
      String hex = HexFormat.of().formatHex(key);
      assertTrue(
          lines
              .get(i)
              .matches(
                  path
                      + ", line "
                      + (i + 1)
                      + ": "
                      + roles.get(i)
                      + ", [0-9a-f]{16}, "
                      + hex.substring(0, 32)
                      + " in the file, 48 bytes, good"),
          lines.get(i));
      for (int at = 32; at + 8 <= 96; at += 8) {
        assertFalse(run.out().contains(hex.substring(at, at + 8)), "a secret is shown");
      }
    }
  }

  @Test
  void inspectsAWeakKeyAndSaysSo() throws Exception {
    byte[] weak = random(1, 48);
    Arrays.fill(weak, 16, 32, (byte) 0);
    Path path = write("key", weak);
    Run run = Run.of("keys", "inspect", "--format", "nginx", path.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.out().strip().endsWith(", 48 bytes, weak: its AES key is all zero"), run.out());
    assertEquals(
        said(
            path
                + " has a weak key (its AES key is all zero); make another one with `reprise keys"
                + " generate --format nginx --out FILE`"),
        run.error());
  }

  @Test
  void refusesAFileThatEverybodyMayReadUnlessItIsAllowed() throws Exception {
    Path path = write("key", random(1, 48));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    String sentence =
        path
            + " may be read by every user (rw-r--r--); say `chmod 600 "
            + path
            + "`, or allow it with --allow-insecure-permissions";
    Run refused = new Run(2, "", said(sentence));
    assertEquals(refused, Run.of("keys", "inspect", "--format", "nginx", path.toString()));
    Path out = directory.resolve("out");
    String[] convert = {
      "keys", "convert", "--from", "nginx", "--to", "httpd", path.toString(), out.toString()
    };
    assertEquals(refused, Run.of(convert));
    assertFalse(Files.exists(out));
    String[] allowed = Arrays.copyOf(convert, convert.length + 1);
    allowed[convert.length] = "--allow-insecure-permissions";
    assertEquals(new Run(0, "", ""), Run.of(allowed));
    assertEquals(
        new Run(2, "", said("--ticket-keys: " + sentence)),
        Run.of(
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:0",
            "--ticket-keys",
            "nginx:" + path));
  }

  @Test
  void convertsHaproxyToNginxAndBack() throws Exception {
    for (int length : new int[] {48, 80}) {
      Path lines = write("lines" + length, lines(length, 1, 2, 3));
      String[] out = {"current", "next", "old"};
      for (int i = 0; i < 3; i++) {
        out[i] = directory.resolve(out[i] + length).toString();
      }
      assertEquals(
          new Run(0, "", ""),
          convert("haproxy", "nginx", lines.toString(), out[0], out[1], out[2]));
      int[] seeds = {2, 3, 1};
      for (int i = 0; i < 3; i++) {
        byte[] key = random(seeds[i], length);
        byte[] expected = length == 48 ? key : exchanged(key);
        assertArrayEquals(expected, Files.readAllBytes(Path.of(out[i])));
        assertEquals("rw-------", mode(Path.of(out[i])));
      }
      Path back = directory.resolve("back" + length);
      assertEquals(
          new Run(0, "", ""), convert("nginx", "haproxy", out[0], out[1], out[2], back.toString()));
      assertEquals(Files.readString(lines), Files.readString(back));
    }
  }

  @Test
  void convertsKeysOfOneFile() throws Exception {
    String nginx = write("nginx", random(1, 48)).toString();
    String httpd = directory.resolve("httpd").toString();
    assertEquals(new Run(0, "", ""), convert("nginx", "httpd", nginx, httpd));
    assertArrayEquals(exchanged(random(1, 48)), Files.readAllBytes(Path.of(httpd)));
    String again = directory.resolve("again").toString();
    assertEquals(new Run(0, "", ""), convert("httpd", "nginx", httpd, again));
    assertArrayEquals(random(1, 48), Files.readAllBytes(Path.of(again)));
    String envoy = write("envoy", random(2, 80)).toString();
    String same = directory.resolve("same").toString();
    assertEquals(new Run(0, "", ""), convert("envoy", "nginx", envoy, same));
    assertArrayEquals(random(2, 80), Files.readAllBytes(Path.of(same)));
    assertEquals(keyName("envoy", envoy), keyName("nginx", same));
    assertNotEquals(keyName("envoy", envoy), keyName("httpd", httpd));
  }

  @Test
  void convertsTheIssuingKeyAlone() throws Exception {
    String lines = write("lines", lines(48, 1, 2, 3)).toString();
    String httpd = directory.resolve("httpd").toString();
    assertEquals(
        new Run(
            2,
            "",
            said(
                "httpd holds one key and not 3; take the one that seals with --issuing-only, if"
                    + " tickets under the others may end")),
        convert("haproxy", "httpd", lines, httpd));
    assertEquals(new Run(0, "", ""), convert("haproxy", "httpd", "--issuing-only", lines, httpd));
    assertArrayEquals(exchanged(random(2, 48)), Files.readAllBytes(Path.of(httpd)));
  }

  @Test
  void refusesWhatWouldLoseOrMakeUpKeys() throws Exception {
    String longer = write("long", random(1, 80)).toString();
    String shorter = write("short", random(2, 48)).toString();
    String third = write("third", random(3, 48)).toString();
    String lines = write("lines", lines(80, 1, 2, 3)).toString();
    String out = directory.resolve("out").toString();
    String mend =
        ", and nothing makes one of the other; make a new key for both servers with"
            + " `reprise keys generate`";
    refused(
        longer + " has a key of 80 bytes, but those of httpd have 48" + mend,
        convert("nginx", "httpd", longer, out));
    refused(
        shorter + " has a key of 48 bytes, but those of Envoy have 80" + mend,
        convert("httpd", "envoy", shorter, out));
    refused(
        "HAProxy holds three keys and not 2; name three files: the key that seals, the one that"
            + " seals next, an older one",
        convert("nginx", "haproxy", shorter, third, out));
    refused(
        third
            + " has 48 bytes and "
            + longer
            + " 80, but HAProxy wants keys of one size in a file; convert keys of one size",
        convert("nginx", "haproxy", third, shorter, longer, out));
    refused(
        "There are 3 keys and 1 files to write, but nginx has a file for each key; name 3",
        convert("haproxy", "nginx", lines, out));
    refused(
        "There are 3 files, but a key in each file becomes a key in each file; name as many to"
            + " write as to read",
        convert("nginx", "envoy", longer, shorter, out));
    refused(
        "There are 1 keys and 2 files to write, but httpd has one file; name 1",
        convert("httpd", "httpd", shorter, out, out + "2"));
    refused(
        "There are 2 files, but HAProxy has one; name one",
        Run.of("keys", "inspect", "--format", "haproxy", lines, out));
    assertFalse(Files.exists(Path.of(out)));
  }

  private static void refused(String sentence, Run run) {
    assertEquals(new Run(2, "", said(sentence)), run);
  }

  private static Run convert(String from, String to, String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(new String[] {"keys", "convert", "--from", from, "--to", to}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Run.of(all);
  }

  private static String keyName(String format, String path) {
    return Run.of("keys", "inspect", "--format", format, path).out().split(", ", -1)[1];
  }

  private static String said(String sentence) {
    return "reprise: " + sentence + "." + System.lineSeparator();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path path = Files.write(directory.resolve(name), bytes);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static byte[] lines(int length, long... seeds) {
    StringBuilder lines = new StringBuilder();
    for (long seed : seeds) {
      lines.append(Base64.getEncoder().encodeToString(random(seed, length))).append('\n');
    }
    return lines.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static byte[] exchanged(byte[] key) {
    int half = (key.length - 16) / 2;
    byte[] other = key.clone();
    System.arraycopy(key, 16, other, 16 + half, half);
    System.arraycopy(key, 16 + half, other, 16, half);
    return other;
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    SeededRandom.of(seed).nextBytes(bytes);
    return bytes;
  }
}
