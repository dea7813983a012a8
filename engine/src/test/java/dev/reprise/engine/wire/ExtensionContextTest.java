/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static dev.reprise.engine.wire.WireBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8446, Section 4.2: which extension is known in which message, and where it is not. */
final class ExtensionContextTest {
  static final Set<Integer> UNDERSTOOD =
      Set.of(0, 10, 11, 13, 16, 23, 35, 41, 42, 43, 44, 45, 47, 49, 50, 51, 58, 0xff01);

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0     | server_name               | CLIENT_HELLO SERVER_HELLO ENCRYPTED_EXTENSIONS
          10    | supported_groups          | CLIENT_HELLO ENCRYPTED_EXTENSIONS
          11    | ec_point_formats          | CLIENT_HELLO SERVER_HELLO
          13    | signature_algorithms      | CLIENT_HELLO CERTIFICATE_REQUEST
          16    | ALPN                      | CLIENT_HELLO SERVER_HELLO ENCRYPTED_EXTENSIONS
          23    | extended_master_secret    | CLIENT_HELLO SERVER_HELLO
          35    | session_ticket            | CLIENT_HELLO SERVER_HELLO
          41    | pre_shared_key            | CLIENT_HELLO SERVER_HELLO
          42    | early_data                | CLIENT_HELLO ENCRYPTED_EXTENSIONS NEW_SESSION_TICKET
          43    | supported_versions        | CLIENT_HELLO SERVER_HELLO HELLO_RETRY_REQUEST
          44    | cookie                    | CLIENT_HELLO HELLO_RETRY_REQUEST
          45    | psk_key_exchange_modes    | CLIENT_HELLO
          47    | certificate_authorities   | CLIENT_HELLO CERTIFICATE_REQUEST
          49    | post_handshake_auth       | CLIENT_HELLO
          50    | signature_algorithms_cert | CLIENT_HELLO CERTIFICATE_REQUEST
          51    | key_share                 | CLIENT_HELLO SERVER_HELLO HELLO_RETRY_REQUEST
          58    | ticket_request            | CLIENT_HELLO ENCRYPTED_EXTENSIONS
          65281 | renegotiation_info        | CLIENT_HELLO SERVER_HELLO
          """)
  void knowsAnExtensionExactlyWhereItIsDefined(int type, String name, String contexts) {
    List<String> defined = Arrays.asList(contexts.split(" "));
    for (ExtensionContext context : EnumSet.allOf(ExtensionContext.class)) {
      assertEquals(
          defined.contains(context.name()), isKnown(type, context), name + " in " + context);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryOtherExtensionUnread(ExtensionContext context) {
    for (int type = 0; type <= 0xffff; type++) {
      if (!UNDERSTOOD.contains(type)) {
        assertFalse(isKnown(type, context), "extension " + type);
      }
    }
  }

  @Test
  void readsAKeyShareByItsMessage() throws Exception {
    KeyShareEntry entry = new KeyShareEntry(0x1d, hex("aa"));

    assertEquals(
        new ClientKeyShares(List.of(entry)),
        keyShare(ExtensionContext.CLIENT_HELLO, "0005 001d 0001 aa"));
    assertEquals(
        new ServerKeyShare(entry), keyShare(ExtensionContext.SERVER_HELLO, "001d 0001 aa"));
    assertEquals(new RetryKeyShare(0x1d), keyShare(ExtensionContext.HELLO_RETRY_REQUEST, "001d"));
    assertEquals(
        new UnknownExtension(ExtensionType.KEY_SHARE, hex("001d 0001 aa")),
        keyShare(ExtensionContext.ENCRYPTED_EXTENSIONS, "001d 0001 aa"));
  }

  private static Extension keyShare(ExtensionContext context, String body) throws TlsException {
    return WireBytes.read(ExtensionType.KEY_SHARE, context, hex(body));
  }

  /** No grammar but that of raw bytes accepts this body: what refuses it has understood it. */
  private static boolean isKnown(int type, ExtensionContext context) {
    try {
      return !(WireBytes.read(type, context, hex("ffffff")) instanceof UnknownExtension);
    } catch (TlsException _) {
      return true;
    }
  }
}
