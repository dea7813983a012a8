/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.ExtensionContext.CERTIFICATE;
import static dev.reprise.engine.wire.ExtensionContext.CERTIFICATE_REQUEST;
import static dev.reprise.engine.wire.ExtensionContext.CLIENT_HELLO;
import static dev.reprise.engine.wire.ExtensionContext.ENCRYPTED_EXTENSIONS;
import static dev.reprise.engine.wire.ExtensionContext.HELLO_RETRY_REQUEST;
import static dev.reprise.engine.wire.ExtensionContext.NEW_SESSION_TICKET;
import static dev.reprise.engine.wire.ExtensionContext.SERVER_HELLO;
import static dev.reprise.engine.wire.WireBytes.ascii;
import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;
import static dev.reprise.engine.wire.WireBytes.join;

import java.util.List;

/** An extension, the message it stands in, and its bytes, written out by hand. */
record ExtensionSample(ExtensionContext context, Extension extension, Opaque body) {
  private static final Opaque BINDER = counting(0x40, 32);
  private static final Opaque LONG_BINDER = counting(0x60, 48);

  static List<ExtensionSample> all() {
    return List.of(
        sample(CLIENT_HELLO, new ServerName("example.com"), "000e 00 000b 6578616d706c652e636f6d"),
        sample(CLIENT_HELLO, new SupportedGroups(Uint16List.of(0x1d, 0x17)), "0004 001d 0017"),
        sample(CLIENT_HELLO, new EcPointFormats(hex("00 01")), "02 00 01"),
        sample(
            CLIENT_HELLO, new SignatureAlgorithms(Uint16List.of(0x403, 0x804)), "0004 0403 0804"),
        sample(CLIENT_HELLO, new SignatureAlgorithmsCert(Uint16List.of(0x401)), "0002 0401"),
        sample(
            CLIENT_HELLO,
            new ApplicationProtocols(List.of(ascii("h2"), ascii("http/1.1"))),
            "000c 02 6832 08 687474702f312e31"),
        sample(CLIENT_HELLO, new ExtendedMasterSecret(), ""),
        sample(CLIENT_HELLO, new RenegotiationInfo(Opaque.EMPTY), "00"),
        sample(CLIENT_HELLO, new SessionTicketTls12(Opaque.EMPTY), ""),
        sample(CLIENT_HELLO, new SessionTicketTls12(hex("c0ffee")), "c0ffee"),
        sample(CLIENT_HELLO, new SupportedVersions(Uint16List.of(0x304, 0x303)), "04 0304 0303"),
        sample(CLIENT_HELLO, new Cookie(hex("c0ffee")), "0003 c0ffee"),
        sample(CLIENT_HELLO, new ClientKeyShares(List.of()), "0000"),
        sample(
            CLIENT_HELLO,
            new ClientKeyShares(
                List.of(new KeyShareEntry(0x1d, hex("aabb")), new KeyShareEntry(0x17, hex("cc")))),
            "000b 001d 0002 aabb 0017 0001 cc"),
        sample(CLIENT_HELLO, new PskKeyExchangeModes(hex("01 00")), "02 01 00"),
        sample(
            CLIENT_HELLO,
            new OfferedPsks(List.of(new PskIdentity(hex("ab"), 0xfffefdfcL)), List.of(BINDER)),
            "0007 0001 ab fffefdfc 0021 20" + BINDER),
        sample(
            CLIENT_HELLO,
            new OfferedPsks(
                List.of(new PskIdentity(hex("abcd"), 0), new PskIdentity(hex("ef"), 7)),
                List.of(BINDER, LONG_BINDER, BINDER)),
            "000f 0002 abcd 00000000 0001 ef 00000007 0073 20"
                + join(BINDER, hex("30"), LONG_BINDER, hex("20"), BINDER)),
        sample(CLIENT_HELLO, new EarlyDataIndication(), ""),
        sample(
            CLIENT_HELLO,
            new CertificateAuthorities(List.of(hex("3000"), hex("310131"))),
            "0009 0002 3000 0003 310131"),
        sample(CLIENT_HELLO, new PostHandshakeAuth(), ""),
        sample(CLIENT_HELLO, new TicketRequest(2, 1), "02 01"),
        sample(CLIENT_HELLO, new TicketRequest(255, 0), "ff 00"),
        sample(CLIENT_HELLO, new UnknownExtension(0x0a0a, Opaque.EMPTY), ""),
        sample(CLIENT_HELLO, new UnknownExtension(21, hex("0000")), "0000"),
        sample(SERVER_HELLO, new ServerName(null), ""),
        sample(SERVER_HELLO, new EcPointFormats(hex("00")), "01 00"),
        sample(SERVER_HELLO, new ApplicationProtocols(List.of(ascii("h2"))), "0003 02 6832"),
        sample(SERVER_HELLO, new ExtendedMasterSecret(), ""),
        sample(SERVER_HELLO, new RenegotiationInfo(hex("0102")), "02 0102"),
        sample(SERVER_HELLO, new SessionTicketTls12(Opaque.EMPTY), ""),
        sample(SERVER_HELLO, new SelectedVersion(0x304), "0304"),
        sample(
            SERVER_HELLO,
            new ServerKeyShare(new KeyShareEntry(0x11ec, hex("aabb"))),
            "11ec 0002 aabb"),
        sample(SERVER_HELLO, new SelectedPsk(0x0102), "0102"),
        sample(HELLO_RETRY_REQUEST, new SelectedVersion(0x304), "0304"),
        sample(HELLO_RETRY_REQUEST, new Cookie(hex("01")), "0001 01"),
        sample(HELLO_RETRY_REQUEST, new RetryKeyShare(0x18), "0018"),
        sample(ENCRYPTED_EXTENSIONS, new ServerName(null), ""),
        sample(ENCRYPTED_EXTENSIONS, new SupportedGroups(Uint16List.of(0x1d)), "0002 001d"),
        sample(
            ENCRYPTED_EXTENSIONS,
            new ApplicationProtocols(List.of(ascii("http/1.1"))),
            "0009 08 687474702f312e31"),
        sample(ENCRYPTED_EXTENSIONS, new EarlyDataIndication(), ""),
        sample(ENCRYPTED_EXTENSIONS, new ExpectedTickets(8), "08"),
        sample(CERTIFICATE, new UnknownExtension(5, hex("01000000")), "01000000"),
        sample(CERTIFICATE_REQUEST, new SignatureAlgorithms(Uint16List.of(0x807)), "0002 0807"),
        sample(CERTIFICATE_REQUEST, new SignatureAlgorithmsCert(Uint16List.of(0x601)), "0002 0601"),
        sample(
            CERTIFICATE_REQUEST,
            new CertificateAuthorities(List.of(hex("3000"))),
            "0004 0002 3000"),
        sample(NEW_SESSION_TICKET, new TicketEarlyData(0xffffffffL), "ffffffff"));
  }

  private static ExtensionSample sample(
      ExtensionContext context, Extension extension, String body) {
    return new ExtensionSample(context, extension, hex(body));
  }

  /** Whether the body is bytes without a grammar, of which fewer or more are as good. */
  boolean isRaw() {
    return extension instanceof UnknownExtension
        || (extension instanceof SessionTicketTls12 && context == CLIENT_HELLO);
  }

  @Override
  public String toString() {
    return extension + " in " + context;
  }
}
