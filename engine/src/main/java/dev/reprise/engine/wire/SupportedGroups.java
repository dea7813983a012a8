/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { NamedGroup named_group_list<2..2^16-1>; } NamedGroupList;
 * }</pre>
 *
 * RFC 8446, Section 4.2.7; RFC 8422, Section 5.1.1.
 *
 * @param groups most preferred first
 */
public record SupportedGroups(Uint16List groups) implements Extension {
  static SupportedGroups read(TlsReader in) throws TlsException {
    return new SupportedGroups(in.codes16(1, "named_group_list"));
  }

  @Override
  public int type() {
    return ExtensionType.SUPPORTED_GROUPS;
  }

  @Override
  public void write(TlsWriter body) {
    body.codes16(groups);
  }
}
