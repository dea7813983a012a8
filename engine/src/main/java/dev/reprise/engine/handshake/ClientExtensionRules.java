/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ApplicationProtocols;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8446, Section 4.2: "Implementations MUST NOT send extension responses if the remote endpoint
 * did not send the corresponding extension requests [...]. Upon receiving such an extension, an
 * endpoint MUST abort the handshake with an "unsupported_extension" alert."
 */
final class ClientExtensionRules {
  private static final Set<Integer> IN_SERVER_HELLO_13 =
      Set.of(
          ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE, ExtensionType.PRE_SHARED_KEY);
  private static final Set<Integer> IN_RETRY =
      Set.of(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE, ExtensionType.COOKIE);
  private static final Set<Integer> IN_SERVER_HELLO_12 =
      Set.of(
          ExtensionType.SERVER_NAME,
          ExtensionType.EC_POINT_FORMATS,
          // Without meaning there, but some servers send it, and it is asked for: RFC 5246, Section
          // 7.4.1.4 has unsupported_extension for what is not.
          ExtensionType.SUPPORTED_GROUPS,
          ExtensionType.EXTENDED_MASTER_SECRET,
          ExtensionType.SESSION_TICKET,
          ExtensionType.RENEGOTIATION_INFO,
          ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION);
  private static final Set<Integer> IN_ENCRYPTED_EXTENSIONS =
      Set.of(
          ExtensionType.SERVER_NAME,
          ExtensionType.SUPPORTED_GROUPS,
          ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
          ExtensionType.TICKET_REQUEST);

  private ClientExtensionRules() {}

  static void checkServerHello13(ServerHello hello) throws TlsException {
    refuseTicketRequest(hello);
    requireOnly(
        hello.extensions(), hello.isHelloRetryRequest() ? IN_RETRY : IN_SERVER_HELLO_13, null);
  }

  static void checkServerHello12(ServerHello hello, ClientHello ours) throws TlsException {
    refuseTicketRequest(hello);
    requireOnly(hello.extensions(), IN_SERVER_HELLO_12, ours);
  }

  static void checkEncryptedExtensions(EncryptedExtensions message, ClientHello ours)
      throws TlsException {
    requireOnly(message.extensions(), IN_ENCRYPTED_EXTENSIONS, ours);
  }

  /**
   * RFC 9149, Section 3: "Servers MUST NOT send the "ticket_request" extension in any handshake
   * message" but EncryptedExtensions, and a client "MUST abort the connection with an
   * "illegal_parameter" alert."
   */
  private static void refuseTicketRequest(ServerHello hello) throws TlsException {
    if (hello.extensions().has(ExtensionType.TICKET_REQUEST)) {
      throw TlsException.illegalParameter("The server answers the ticket request in its hello");
    }
  }

  private static void requireOnly(
      Extensions extensions, Set<Integer> allowed, @Nullable ClientHello asked)
      throws TlsException {
    for (Extension extension : extensions.list()) {
      int type = extension.type();
      if (!allowed.contains(type) || (asked != null && !asked.extensions().has(type))) {
        throw TlsException.misbehaved(
            AlertDescription.UNSUPPORTED_EXTENSION,
            "The server answers the extension " + type + ", which is not asked for here");
      }
    }
  }

  /**
   * RFC 7301, Section 3.1: the list of the answer "MUST contain exactly one" protocol, and it is
   * one of those offered.
   */
  static @Nullable String applicationProtocol(Extensions answer, List<String> offered)
      throws TlsException {
    ApplicationProtocols protocols = answer.find(ApplicationProtocols.class);
    if (protocols == null) {
      return null;
    }
    List<String> names = ClientOffer.names(protocols);
    if (names.size() != 1 || !offered.contains(names.getFirst())) {
      throw TlsException.illegalParameter("The server selected a protocol that is not offered");
    }
    return names.getFirst();
  }
}
