/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * ALPN: what the client offers, or the one protocol that the server chose.
 *
 * <pre>{@code
 * opaque ProtocolName<1..2^8-1>;
 * struct { ProtocolName protocol_name_list<2..2^16-1> } ProtocolNameList;
 * }</pre>
 *
 * RFC 7301, Section 3.1.
 *
 * @param protocols most preferred first, at least one, of 1 to 255 bytes each
 */
public record ApplicationProtocols(List<Opaque> protocols) implements Extension {
  public ApplicationProtocols {
    protocols = List.copyOf(protocols);
  }

  static ApplicationProtocols read(TlsReader in) throws TlsException {
    return new ApplicationProtocols(
        in.vector16(2, "protocol_name_list").all(name -> name.opaque8(1, 0xff, "ProtocolName")));
  }

  @Override
  public int type() {
    return ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
  }

  @Override
  public void write(TlsWriter body) {
    int list = body.open(2);
    for (Opaque protocol : protocols) {
      body.opaque8(protocol);
    }
    body.close(list, 2);
  }
}
