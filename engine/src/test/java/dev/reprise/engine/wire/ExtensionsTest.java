/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.AlertDescription.DECODE_ERROR;
import static dev.reprise.engine.wire.AlertDescription.ILLEGAL_PARAMETER;
import static dev.reprise.engine.wire.WireBytes.assertRefused;
import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtensionsTest {
  private static final SupportedGroups GROUPS = new SupportedGroups(Uint16List.of(0x1d));
  private static final Cookie COOKIE = new Cookie(hex("c0ffee"));
  private static final UnknownExtension GREASE = new UnknownExtension(0x1a1a, hex("00"));

  private final Extensions extensions = Extensions.of(GROUPS, GREASE, COOKIE);

  private static Extensions read(String block) throws TlsException {
    return Extensions.read(ExtensionContext.CLIENT_HELLO, TlsReader.of(hex(block)));
  }

  /** A block of {@code count} empty extensions of types that nobody understands. */
  private static Opaque blockOf(int count) {
    TlsWriter out = new TlsWriter();
    int start = out.open(2);
    for (int i = 0; i < count; i++) {
      out.uint16(0x4000 + i).uint16(0);
    }
    out.close(start, 2);
    return out.toOpaque();
  }

  @Test
  void findsAnExtensionByItsClass() {
    assertSame(GROUPS, extensions.find(SupportedGroups.class));
    assertSame(COOKIE, extensions.find(Cookie.class));
    assertNull(extensions.find(ServerName.class));
    assertNull(Extensions.NONE.find(ServerName.class));
  }

  @Test
  void hasATypeHoweverItWasRead() {
    assertTrue(extensions.has(ExtensionType.COOKIE));
    assertTrue(extensions.has(0x1a1a));
    assertFalse(extensions.has(ExtensionType.KEY_SHARE));
  }

  @Test
  void namesTheTypesInTheOrderOfTheWire() throws Exception {
    assertEquals(Uint16List.of(10, 0x1a1a, 44), extensions.types());
    assertEquals(
        Uint16List.of(0x1a1a, 23, 10),
        read("0011 1a1a 0001 00 0017 0000 000a 0004 0002 001d").types());
  }

  @Test
  void knowsWhichExtensionIsLast() {
    assertTrue(extensions.isLast(Cookie.class));
    assertFalse(extensions.isLast(SupportedGroups.class));
    assertFalse(extensions.isLast(OfferedPsks.class));
    assertFalse(Extensions.NONE.isLast(Cookie.class));
  }

  @Test
  void readsAnEmptyBlockAsNone() throws Exception {
    assertSame(Extensions.NONE, read("0000"));
    assertTrue(Extensions.NONE.isEmpty());
    assertFalse(extensions.isEmpty());
    assertSame(Extensions.NONE, Extensions.of());
  }

  @Test
  void readsAHelloWithoutABlockAsNone() throws Exception {
    assertSame(
        Extensions.NONE,
        Extensions.readOptional(ExtensionContext.CLIENT_HELLO, TlsReader.of(Opaque.EMPTY)));
  }

  @Test
  void demandsABlockInMessagesThatAlwaysHaveOne() {
    assertRefused(DECODE_ERROR, () -> read(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0008 0017 0000 0017 0000", // understood
        "000a 1a1a 0000 1a1a 0002 0001", // unknown
        "0010 000a 0004 0002 001d 1a1a 0000 000a 0000", // apart, and the second is malformed
      })
  void refusesAnExtensionThatComesTwice(String block) {
    assertRefused(ILLEGAL_PARAMETER, () -> read(block));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnExtensionThatComesTwiceInEveryMessage(ExtensionContext context) {
    Opaque block = hex("0009 1a1a 0000 1a1a 0001 00");

    assertRefused(ILLEGAL_PARAMETER, () -> Extensions.read(context, TlsReader.of(block)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001 00", // half a type
        "0003 1a1a 00", // half a length
        "0005 1a1a 0002 00", // data beyond the block, though not beyond the message
        "0004 1a1a 0001 00",
        "0007 0017 0000 1a1a 00",
        "0005 0017 0000",
      })
  void refusesABlockThatIsCutShort(String block) {
    assertRefused(DECODE_ERROR, () -> read(block));
  }

  @Test
  void refusesToWriteAnExtensionTwice() {
    assertThrows(IllegalArgumentException.class, () -> Extensions.of(COOKIE, GROUPS, COOKIE));
    assertThrows(
        IllegalArgumentException.class,
        () -> Extensions.of(new EarlyDataIndication(), new TicketEarlyData(1)));
  }

  @Test
  void readsAsManyExtensionsAsTheLimit() throws Exception {
    Extensions read =
        Extensions.read(ExtensionContext.CLIENT_HELLO, TlsReader.of(blockOf(Limits.EXTENSIONS)));

    assertEquals(Limits.EXTENSIONS, read.types().size());
  }

  @Test
  void refusesMoreExtensionsThanTheLimit() {
    Opaque block = blockOf(Limits.EXTENSIONS + 1);

    assertRefused(
        DECODE_ERROR, () -> Extensions.read(ExtensionContext.CLIENT_HELLO, TlsReader.of(block)));
  }

  @Test
  void isNotChangedThroughTheArrayItWasMadeOf() {
    Extension[] array = {GROUPS, COOKIE};
    Extensions made = Extensions.of(array);
    array[0] = GREASE;

    assertEquals(Extensions.of(GROUPS, COOKIE), made);
  }

  @Test
  void isEqualByContentsAndOrder() {
    assertEquals(Extensions.of(GROUPS, GREASE, COOKIE), extensions);
    assertEquals(Extensions.of(GROUPS, GREASE, COOKIE).hashCode(), extensions.hashCode());
    assertNotEquals(Extensions.of(GREASE, GROUPS, COOKIE), extensions);
    assertNotEquals(Extensions.of(GROUPS, GREASE), extensions);
  }

  @Test
  void showsItsExtensions() {
    assertEquals("[Cookie[cookie=c0ffee]]", Extensions.of(COOKIE).toString());
  }
}
