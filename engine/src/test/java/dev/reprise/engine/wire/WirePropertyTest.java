/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.bodyOf;
import static dev.reprise.engine.wire.WireBytes.join;
import static dev.reprise.engine.wire.WireBytes.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.WireArbitraries.Spoken;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for every message, every extension block and every run of bytes. */
@PropertyDefaults(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
final class WirePropertyTest {
  private static final String SEED = "8446";

  /** A block of extensions with the message it stands in. */
  record Placed(ExtensionContext context, Extensions extensions) {}

  /** A change to the bytes of a message at one place. */
  enum Change {
    FLIP_A_BIT,
    REPLACE,
    INSERT,
    REMOVE,
    CUT
  }

  @Provide
  Arbitrary<Spoken> spoken() {
    return WireArbitraries.spoken();
  }

  @Provide
  Arbitrary<Placed> placed() {
    return Arbitraries.of(ExtensionContext.class)
        .flatMap(context ->
            WireArbitraries.block(context).map(extensions -> new Placed(context, extensions)));
  }

  @Provide
  Arbitrary<List<UnknownExtension>> unknownExtensions() {
    return WireArbitraries.unknownExtension()
        .list()
        .ofMaxSize(Limits.EXTENSIONS)
        .uniqueElements(UnknownExtension::type);
  }

  @Provide
  Arbitrary<Opaque> bytes() {
    // Mostly small values: as lengths they leave something to read.
    Arbitrary<Byte> small = Arbitraries.bytes().between((byte) 0, (byte) 8);
    return Arbitraries.frequencyOf(Tuple.of(4, small), Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(120)
        .map(Opaque::takeOver);
  }

  @Property(seed = SEED)
  void whatIsWrittenIsReadAgain(@ForAll("spoken") Spoken spoken) throws Exception {
    HandshakeMessage message = spoken.message();

    assertEquals(message, read(message.type(), spoken.dialect(), bodyOf(message)));
  }

  @Property(seed = SEED)
  void aHeaderStandsBeforeTheBody(@ForAll("spoken") Spoken spoken) throws Exception {
    Opaque body = bodyOf(spoken.message());
    TlsReader in = TlsReader.of(HandshakeMessages.encode(spoken.message()));

    assertEquals(spoken.message().type().code(), in.uint8("msg_type"));
    assertEquals(body.length(), in.uint24("length"));
    assertEquals(body, in.rest());
  }

  @Property(seed = SEED)
  void everyBlockIsReadInItsMessage(@ForAll("placed") Placed placed) throws Exception {
    TlsWriter out = new TlsWriter();
    placed.extensions().write(out);
    TlsReader in = TlsReader.of(out.toOpaque());

    assertEquals(placed.extensions(), Extensions.read(placed.context(), in));
    in.end("extensions");
  }

  @Property(seed = SEED)
  void unknownExtensionsAreKeptInTheirOrder(
      @ForAll ExtensionContext context, @ForAll("unknownExtensions") List<UnknownExtension> unknown)
      throws Exception {
    Extensions extensions = Extensions.of(unknown.toArray(Extension[]::new));
    TlsWriter out = new TlsWriter();
    extensions.write(out);

    Extensions read = Extensions.read(context, TlsReader.of(out.toOpaque()));

    assertEquals(extensions, read);
    assertEquals(
        unknown.stream().map(UnknownExtension::type).toList(),
        IntStream.range(0, read.types().size()).mapToObj(read.types()::at).toList());
  }

  @Property(seed = SEED)
  void anExtensionRepeatedAnywhereIsRefused(
      @ForAll("placed") Placed placed, @ForAll @IntRange(max = 9) int which) {
    Uint16List types = placed.extensions().types();
    if (types.size() == 0) {
      return;
    }
    TlsWriter out = new TlsWriter();
    placed.extensions().write(out);
    Opaque block = out.toOpaque();
    TlsWriter repeated = new TlsWriter();
    int start = repeated.open(2);
    repeated.opaque(block.slice(2, block.length() - 2));
    repeated.uint16(types.at(which % types.size())).uint16(0);
    repeated.close(start, 2);
    Opaque bytes = repeated.toOpaque();

    WireBytes.assertRefused(
        AlertDescription.ILLEGAL_PARAMETER,
        () -> Extensions.read(placed.context(), TlsReader.of(bytes)));
  }

  @Property(seed = SEED, tries = 5000)
  void aChangedMessageIsRefusedOrReadExactly(
      @ForAll("spoken") Spoken spoken,
      @ForAll Change change,
      @ForAll @IntRange(max = 1_000_000) int where,
      @ForAll byte value) {
    Opaque changed = changed(bodyOf(spoken.message()), change, where, value);

    assertReadExactlyOrRefused(spoken.message().type(), spoken.dialect(), changed);
  }

  @Property(seed = SEED, tries = 5000)
  void anyBytesAreRefusedOrReadExactly(
      @ForAll HandshakeType type, @ForAll Dialect dialect, @ForAll("bytes") Opaque bytes) {
    assertReadExactlyOrRefused(type, dialect, bytes);
  }

  @Property(seed = SEED, tries = 5000)
  void anyBlockIsRefusedOrReadExactly(
      @ForAll ExtensionContext context, @ForAll("bytes") Opaque bytes) throws Exception {
    Opaque block = new TlsWriter().opaque16(bytes).toOpaque();
    Extensions read;
    try {
      read = Extensions.read(context, TlsReader.of(block));
    } catch (TlsException _) {
      return;
    }
    TlsWriter out = new TlsWriter();
    read.write(out);
    assertEquals(block, out.toOpaque());
  }

  @Property(seed = SEED)
  void integersSurvive(@ForAll int small, @ForAll long large) throws Exception {
    TlsWriter out = new TlsWriter(0);
    out.uint8(small).uint16(small).uint24(small).uint32(large).uint64(large);
    TlsReader in = TlsReader.of(out.toOpaque());

    assertEquals(small & 0xff, in.uint8("x"));
    assertEquals(small & 0xffff, in.uint16("x"));
    assertEquals(small & 0xffffff, in.uint24("x"));
    assertEquals(large & 0xffff_ffffL, in.uint32("x"));
    assertEquals(large, in.uint64("x"));
    in.end("integers");
  }

  @Property(seed = SEED)
  void anOddNumberOfBytesIsNoListOfCodes(@ForAll("bytes") Opaque bytes) {
    Opaque odd = bytes.length() % 2 == 0 ? join(bytes, Opaque.copyOf((byte) 0)) : bytes;
    Opaque vector = new TlsWriter().opaque16(odd).toOpaque();

    assertThrows(DecodeException.class, () -> TlsReader.of(vector).codes16(0, "x"));
  }

  /**
   * Nothing but a TlsException is ever thrown, and what was read has no second form: written again
   * it is the same bytes.
   */
  private static void assertReadExactlyOrRefused(
      HandshakeType type, Dialect dialect, Opaque bytes) {
    HandshakeMessage message;
    try {
      message = read(type, dialect, bytes);
    } catch (TlsException _) {
      return;
    }
    Opaque written = bodyOf(message);
    // The one exception: a hello's empty block is written as none.
    boolean emptyBlock =
        bytes.length() == written.length() + 2
            && (message instanceof ClientHello || message instanceof ServerHello);
    assertEquals(emptyBlock ? bytes.slice(0, written.length()) : bytes, written);
  }

  private static Opaque changed(Opaque bytes, Change change, int where, byte value) {
    if (bytes.isEmpty()) {
      return Opaque.copyOf(value);
    }
    int at = where % bytes.length();
    byte[] array = bytes.toArray();
    return switch (change) {
      case FLIP_A_BIT -> {
        array[at] ^= (byte) (1 << (value & 7));
        yield Opaque.takeOver(array);
      }
      case REPLACE -> {
        array[at] = value;
        yield Opaque.takeOver(array);
      }
      case INSERT ->
          join(bytes.slice(0, at), Opaque.copyOf(value), bytes.slice(at, array.length - at));
      case REMOVE -> join(bytes.slice(0, at), bytes.slice(at + 1, array.length - at - 1));
      case CUT -> Opaque.takeOver(Arrays.copyOf(array, at));
    };
  }
}
