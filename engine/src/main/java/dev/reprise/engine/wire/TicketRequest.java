/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     uint8 new_session_count;
 *     uint8 resumption_count;
 * } TicketRequestContents;
 * }</pre>
 *
 * RFC 9149, Section 3, in a ClientHello: how many tickets a client would like.
 *
 * @param newSessionCount upon a full handshake, 0 to 255
 * @param resumptionCount if the server resumes, 0 to 255
 */
public record TicketRequest(int newSessionCount, int resumptionCount) implements Extension {
  public TicketRequest {
    if (((newSessionCount | resumptionCount) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "0 to 255 tickets are asked for, not " + newSessionCount + " and " + resumptionCount);
    }
  }

  /** How many are asked for in a handshake that is resumed, or is not. */
  public int count(boolean resumed) {
    return resumed ? resumptionCount : newSessionCount;
  }

  static TicketRequest read(TlsReader in) throws TlsException {
    return new TicketRequest(in.uint8("new_session_count"), in.uint8("resumption_count"));
  }

  @Override
  public int type() {
    return ExtensionType.TICKET_REQUEST;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint8(newSessionCount).uint8(resumptionCount);
  }
}
