/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The host that the client wants, or the server's acknowledgement that it heard.
 *
 * <pre>{@code
 * enum { host_name(0), (255) } NameType;
 * opaque HostName<1..2^16-1>;
 * struct {
 *     NameType name_type;
 *     select (name_type) { case host_name: HostName; } name;
 * } ServerName;
 * struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
 * }</pre>
 *
 * RFC 6066, Section 3.
 *
 * @param hostName 1 to 255 visible ASCII characters as the client wrote them; null in the server's
 *     answer, which is empty
 */
public record ServerName(@Nullable String hostName) implements Extension {
  static final ServerName ACKNOWLEDGED = new ServerName(null);

  private static final int HOST_NAME = 0;
  // RFC 1035, Section 2.3.4: a domain name has 255 octets or less.
  private static final int MAXIMUM_LENGTH = 255;

  /** Reads the client's. That the host is not an IP address is not checked here. */
  static ServerName read(TlsReader in) throws TlsException {
    TlsReader list = in.vector16(1, "server_name_list");
    int nameType = list.uint8("name_type");
    if (nameType != HOST_NAME) {
      throw new DecodeException("name_type is " + nameType);
    }
    Opaque name = list.opaque16(1, "HostName");
    // RFC 6066, Section 3: "The ServerNameList MUST NOT contain more than one name of the same
    // name_type", and there is one type only.
    list.end("server_name_list");
    return new ServerName(hostName(name));
  }

  /**
   * RFC 6066, Section 3: "The hostname is represented as a byte string using ASCII encoding". A
   * host name has neither spaces nor control characters, and a NUL has hidden the rest of a name
   * from other implementations before.
   */
  private static String hostName(Opaque name) throws DecodeException {
    if (name.length() > MAXIMUM_LENGTH) {
      throw new DecodeException("HostName is " + name.length() + " bytes long");
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) <= ' ' || name.at(i) > '~') {
        throw new DecodeException("HostName contains the byte " + name.at(i));
      }
    }
    return new String(name.array(), name.offset(), name.length(), StandardCharsets.US_ASCII);
  }

  @Override
  public int type() {
    return ExtensionType.SERVER_NAME;
  }

  @Override
  public void write(TlsWriter body) {
    if (hostName == null) {
      return;
    }
    int list = body.open(2);
    body.uint8(HOST_NAME).opaque16(Opaque.takeOver(hostName.getBytes(StandardCharsets.US_ASCII)));
    body.close(list, 2);
  }
}
