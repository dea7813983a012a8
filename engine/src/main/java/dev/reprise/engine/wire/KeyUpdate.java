/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * enum { update_not_requested(0), update_requested(1), (255) } KeyUpdateRequest;
 * struct { KeyUpdateRequest request_update; } KeyUpdate;
 * }</pre>
 *
 * RFC 8446, Section 4.6.3.
 *
 * @param updateRequested whether the peer is to change its sending key as well
 */
public record KeyUpdate(boolean updateRequested) implements HandshakeMessage {
  static KeyUpdate read(TlsReader in) throws TlsException {
    int request = in.uint8("request_update");
    if (request > 1) {
      // RFC 8446, Section 4.6.3: "If an implementation receives any other value, it MUST terminate
      // the connection with an "illegal_parameter" alert."
      throw TlsException.illegalParameter("request_update is " + request);
    }
    return new KeyUpdate(request == 1);
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.KEY_UPDATE;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint8(updateRequested ? 1 : 0);
  }
}
