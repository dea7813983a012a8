/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * uint16 selected_identity;
 * }</pre>
 *
 * RFC 8446, Section 4.2.11, in a ServerHello.
 *
 * @param index counted from 0 in the client's list
 */
public record SelectedPsk(int index) implements Extension {
  static SelectedPsk read(TlsReader in) throws TlsException {
    return new SelectedPsk(in.uint16("selected_identity"));
  }

  @Override
  public int type() {
    return ExtensionType.PRE_SHARED_KEY;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(index);
  }
}
