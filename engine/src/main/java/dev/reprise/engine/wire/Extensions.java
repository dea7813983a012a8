/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An extension block: immutable, in the order of the wire, no type twice.
 *
 * <pre>{@code
 * struct {
 *     ExtensionType extension_type;
 *     opaque extension_data<0..2^16-1>;
 * } Extension;
 *
 * Extension extensions<0..2^16-1>;
 * }</pre>
 *
 * RFC 8446, Section 4.2.
 */
public final class Extensions {
  /** No extensions. In a hello the block itself is then absent, as TLS 1.2 allows. */
  public static final Extensions NONE = new Extensions(new Extension[0], Uint16List.of());

  private final Extension[] items;
  private final Uint16List types;

  private Extensions(Extension[] items, Uint16List types) {
    this.items = items;
    this.types = types;
  }

  /** The block of {@code extensions}, in this order. */
  public static Extensions of(Extension... extensions) {
    if (extensions.length == 0) {
      return NONE;
    }
    char[] types = new char[extensions.length];
    for (int i = 0; i < types.length; i++) {
      int type = extensions[i].type();
      if (isAmong(types, i, type)) {
        throw new IllegalArgumentException("The extension " + type + " comes twice");
      }
      types[i] = (char) type;
    }
    return new Extensions(extensions.clone(), Uint16List.takeOver(types));
  }

  /** The extension of that class, or null. */
  public <T extends Extension> @Nullable T find(Class<T> kind) {
    for (Extension item : items) {
      if (item.getClass() == kind) {
        return kind.cast(item);
      }
    }
    return null;
  }

  /** Whether the block has an extension of the code point {@code type}, read as whatever. */
  public boolean has(int type) {
    return types.contains(type);
  }

  /** The code points in the order of the wire. */
  public Uint16List types() {
    return types;
  }

  public boolean isEmpty() {
    return items.length == 0;
  }

  /** All of them, in the order of the message. */
  public java.util.List<Extension> list() {
    return java.util.List.of(items);
  }

  /** Whether there is an extension of that class and nothing after it. */
  public boolean isLast(Class<? extends Extension> kind) {
    return items.length > 0 && items[items.length - 1].getClass() == kind;
  }

  /** Reads a block that must be there. */
  static Extensions read(ExtensionContext context, TlsReader in) throws TlsException {
    Opaque block = in.opaque16(0, "extensions");
    return block.isEmpty() ? NONE : readAll(context, block);
  }

  /**
   * Reads a block that a hello of TLS 1.2 may lack. RFC 5246, Section 7.4.1.2: "The presence of
   * extensions can be detected by determining whether there are bytes following the
   * compression_methods at the end of the ClientHello."
   */
  static Extensions readOptional(ExtensionContext context, TlsReader in) throws TlsException {
    return in.hasRemaining() ? read(context, in) : NONE;
  }

  void write(TlsWriter out) {
    int block = out.open(2);
    for (Extension item : items) {
      out.uint16(item.type());
      int data = out.open(2);
      item.write(out);
      out.close(data, 2);
    }
    out.close(block, 2);
  }

  /** Writes a hello's block, nothing if it is empty. */
  void writeOptional(TlsWriter out) {
    if (!isEmpty()) {
      write(out);
    }
  }

  /** Counts before it reads, so that nothing is kept of a block that is too long or broken. */
  private static Extensions readAll(ExtensionContext context, Opaque block) throws TlsException {
    Extension[] items = new Extension[count(TlsReader.of(block))];
    char[] types = new char[items.length];
    TlsReader in = TlsReader.of(block);
    for (int i = 0; i < items.length; i++) {
      int type = in.uint16("extension_type");
      refuseRepetition(types, i, type);
      types[i] = (char) type;
      items[i] = ExtensionReader.read(type, context, in.vector16(0, "extension_data"));
    }
    return new Extensions(items, Uint16List.takeOver(types));
  }

  private static int count(TlsReader block) throws DecodeException {
    int count = 0;
    while (block.hasRemaining()) {
      block.uint16("extension_type");
      block.skip16("extension_data");
      count++;
    }
    if (count > Limits.EXTENSIONS) {
      throw new DecodeException("There are " + count + " extensions");
    }
    return count;
  }

  /**
   * RFC 8446, Section 4.2: "There MUST NOT be more than one extension of the same type in a given
   * extension block."
   */
  private static void refuseRepetition(char[] types, int count, int type) throws TlsException {
    if (isAmong(types, count, type)) {
      throw TlsException.illegalParameter("The extension " + type + " comes twice");
    }
  }

  private static boolean isAmong(char[] types, int count, int type) {
    for (int i = 0; i < count; i++) {
      if (types[i] == type) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Extensions other && Arrays.equals(items, other.items);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
