/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.Dialect.HELLO;
import static dev.reprise.engine.wire.Dialect.TLS12;
import static dev.reprise.engine.wire.Dialect.TLS13;
import static dev.reprise.engine.wire.WireBytes.counting;
import static dev.reprise.engine.wire.WireBytes.hex;

import java.util.List;

/**
 * A handshake message and its bytes without the header, written out by hand.
 *
 * @param shorterForm a length to which the body can be cut and still is a message; -1 if none
 */
record MessageSample(Dialect dialect, HandshakeMessage message, Opaque body, int shorterForm) {
  static final Opaque RANDOM = counting(0, 32);
  static final Opaque SESSION_ID = counting(0x80, 32);

  private static final Extensions GROUPS =
      Extensions.of(new SupportedGroups(Uint16List.of(0x1d)), new ExtendedMasterSecret());
  private static final String GROUPS_BLOCK = "000c 000a 0004 0002 001d 0017 0000";

  static List<MessageSample> all() {
    return List.of(
        clientHello(HELLO, Extensions.NONE, "", -1),
        clientHello(TLS12, GROUPS, GROUPS_BLOCK, 2 + 32 + 33 + 6 + 2),
        clientHello(TLS13, GROUPS, GROUPS_BLOCK, 2 + 32 + 33 + 6 + 2),
        sample(
            HELLO,
            new ServerHello(0x303, RANDOM, Opaque.EMPTY, 0xc02b, 0, Extensions.NONE),
            "0303" + RANDOM + "00 c02b 00"),
        sample(
            HELLO,
            new ServerHello(
                0x303, RANDOM, SESSION_ID, 0x1301, 0, Extensions.of(new SelectedVersion(0x304))),
            "0303" + RANDOM + "20" + SESSION_ID + "1301 00 0006 002b 0002 0304",
            2 + 32 + 33 + 3),
        sample(
            HELLO,
            new ServerHello(
                0x303,
                ServerHello.HELLO_RETRY_REQUEST_RANDOM,
                SESSION_ID,
                0x1302,
                0,
                Extensions.of(new SelectedVersion(0x304), new RetryKeyShare(0x17))),
            "0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 20"
                + SESSION_ID
                + "1302 00 000c 002b 0002 0304 0033 0002 0017",
            2 + 32 + 33 + 3),
        sample(HELLO, new HelloRequest(), ""),
        sample(TLS12, new HelloRequest(), ""),
        sample(TLS13, new EncryptedExtensions(Extensions.NONE), "0000"),
        sample(
            TLS13,
            new EncryptedExtensions(Extensions.of(new ServerName(null), new EarlyDataIndication())),
            "0008 0000 0000 002a 0000"),
        sample(TLS12, new Certificate12(List.of()), "000000"),
        sample(
            TLS12,
            new Certificate12(List.of(hex("3001aa"), hex("3000"))),
            "00000b 000003 3001aa 000002 3000"),
        sample(TLS13, new Certificate13(Opaque.EMPTY, List.of()), "00 000000"),
        sample(
            TLS13,
            new Certificate13(
                hex("c0ffee"),
                List.of(
                    new CertificateEntry(hex("3000"), Extensions.NONE),
                    new CertificateEntry(
                        hex("30"), Extensions.of(new UnknownExtension(18, hex("0a")))))),
            "03 c0ffee 000012 000002 3000 0000 000001 30 0005 0012 0001 0a"),
        sample(
            TLS12,
            new CertificateRequest12(
                hex("0140"), Uint16List.of(0x403, 0x804), List.of(hex("3000"), hex("310131"))),
            "02 0140 0004 0403 0804 0009 0002 3000 0003 310131"),
        sample(
            TLS12,
            new CertificateRequest12(hex("01"), Uint16List.of(0x401), List.of()),
            "01 01 0002 0401 0000"),
        sample(TLS13, new CertificateRequest13(hex("ab"), Extensions.NONE), "01 ab 0000"),
        sample(
            TLS13,
            new CertificateRequest13(
                Opaque.EMPTY, Extensions.of(new SignatureAlgorithms(Uint16List.of(0x807)))),
            "00 0008 000d 0004 0002 0807"),
        sample(TLS12, new CertificateVerify(0x0401, hex("aabbcc")), "0401 0003 aabbcc"),
        sample(TLS13, new CertificateVerify(0x0804, Opaque.EMPTY), "0804 0000"),
        sample(
            TLS12,
            new ServerKeyExchange(0x1d, hex("0102030405"), 0x0804, hex("aabb")),
            "03 001d 05 0102030405 0804 0002 aabb"),
        sample(TLS12, new ServerHelloDone(), ""),
        sample(TLS12, new ClientKeyExchange(hex("0408")), "02 0408"),
        sample(TLS12, new NewSessionTicket12(7200, hex("c0ffee")), "00001c20 0003 c0ffee"),
        sample(TLS12, new NewSessionTicket12(0xffffffffL, Opaque.EMPTY), "ffffffff 0000"),
        sample(
            TLS13,
            new NewSessionTicket13(
                604_800, 0xfedcba98L, Opaque.EMPTY, hex("c0ffee"), Extensions.NONE),
            "00093a80 fedcba98 00 0003 c0ffee 0000"),
        sample(
            TLS13,
            new NewSessionTicket13(
                0xffffffffL, 0, hex("0001"), hex("aa"), Extensions.of(new TicketEarlyData(16_384))),
            "ffffffff 00000000 02 0001 0001 aa 0008 002a 0004 00004000"),
        sample(TLS13, new EndOfEarlyData(), ""),
        sample(TLS12, new Finished(counting(1, 12)), counting(1, 12).toString()),
        sample(TLS13, new Finished(counting(1, 32)), counting(1, 32).toString()),
        sample(TLS13, new Finished(counting(1, 48)), counting(1, 48).toString(), 32),
        sample(TLS13, new KeyUpdate(false), "00"),
        sample(TLS13, new KeyUpdate(true), "01"));
  }

  private static MessageSample clientHello(
      Dialect dialect, Extensions extensions, String block, int shorterForm) {
    ClientHello hello =
        new ClientHello(
            0x303, RANDOM, SESSION_ID, Uint16List.of(0x1301, 0xc02b), hex("00"), extensions);
    String body = "0303" + RANDOM + "20" + SESSION_ID + "0004 1301 c02b 01 00" + block;
    return sample(dialect, hello, body, shorterForm);
  }

  private static MessageSample sample(Dialect dialect, HandshakeMessage message, String body) {
    return sample(dialect, message, body, -1);
  }

  private static MessageSample sample(
      Dialect dialect, HandshakeMessage message, String body, int shorterForm) {
    return new MessageSample(dialect, message, hex(body), shorterForm);
  }

  @Override
  public String toString() {
    return message.type() + " of " + body.length() + " bytes, " + dialect;
  }
}
