/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RFC 8446 demands of a ClientHello before anything in it is used. */
final class Tls13ClientHelloRules {
  private Tls13ClientHelloRules() {}

  static void check(ClientOffer offer) throws TlsException {
    requireSingleCompression(offer.hello().compressionMethods());
    requireExtensions(offer);
    requirePskRules(offer);
    requireShareRules(offer);
  }

  /**
   * RFC 8446, Section 4.1.2: "For every TLS 1.3 ClientHello, this vector MUST contain exactly one
   * byte, set to zero".
   */
  private static void requireSingleCompression(Opaque methods) throws TlsException {
    if (methods.length() != 1) {
      throw TlsException.illegalParameter("The client offers compression");
    }
  }

  /**
   * RFC 8446, Section 9.2: without a pre_shared_key, a ClientHello "MUST contain both a
   * signature_algorithms extension and a supported_groups extension"; "If containing a
   * supported_groups extension, it MUST also contain a key_share extension, and vice versa".
   */
  private static void requireExtensions(ClientOffer offer) throws TlsException {
    boolean groups = offer.find(SupportedGroups.class) != null;
    boolean shares = offer.find(ClientKeyShares.class) != null;
    boolean signatures = offer.find(SignatureAlgorithms.class) != null;
    boolean psk = offer.find(OfferedPsks.class) != null;
    if (groups != shares || (!psk && !(groups && signatures))) {
      throw missing("supported_groups, key_share or signature_algorithms");
    }
    if (!groups) {
      // Only psk_ke could do without, and it is not served.
      throw missing("key_share");
    }
  }

  /**
   * RFC 8446, Section 4.2.11: "The pre_shared_key extension MUST be the last extension in the
   * ClientHello". Section 4.2.9: "If clients offer "pre_shared_key" without a
   * "psk_key_exchange_modes" extension, servers MUST abort the handshake."
   */
  private static void requirePskRules(ClientOffer offer) throws TlsException {
    OfferedPsks psks = offer.find(OfferedPsks.class);
    if (psks == null) {
      // Early data without a PSK is skipped like any other. RFC 8446, Section 4.2.10: "A server
      // which receives an "early_data" extension MUST behave in one of three ways", and to refuse
      // the connection is none of them.
      return;
    }
    if (!offer.extensions().isLast(OfferedPsks.class)) {
      throw TlsException.illegalParameter("pre_shared_key is not the last extension");
    }
    if (offer.find(PskKeyExchangeModes.class) == null) {
      throw missing("psk_key_exchange_modes");
    }
    if (psks.identities().size() != psks.binders().size()) {
      throw TlsException.illegalParameter("There are not as many binders as PSK identities");
    }
  }

  /**
   * RFC 8446, Section 4.2.8: "Clients MUST NOT offer multiple KeyShareEntry values for the same
   * group. Clients MUST NOT offer any KeyShareEntry values for groups not listed in the client's
   * "supported_groups" extension."
   */
  private static void requireShareRules(ClientOffer offer) throws TlsException {
    List<KeyShareEntry> shares = shares(offer);
    Uint16List groups = groups(offer);
    for (int i = 0; i < shares.size(); i++) {
      int group = shares.get(i).group();
      if (!groups.contains(group)) {
        throw TlsException.illegalParameter("A key share is of a group that is not offered");
      }
      for (int j = 0; j < i; j++) {
        if (shares.get(j).group() == group) {
          throw TlsException.illegalParameter("Two key shares are of one group");
        }
      }
    }
  }

  static Uint16List groups(ClientOffer offer) throws TlsException {
    SupportedGroups groups = offer.find(SupportedGroups.class);
    if (groups == null) {
      throw missing("supported_groups");
    }
    return groups.groups();
  }

  static @Nullable KeyShareEntry shareOf(ClientOffer offer, NamedGroup group) throws TlsException {
    for (KeyShareEntry share : shares(offer)) {
      if (share.group() == group.code()) {
        return share;
      }
    }
    return null;
  }

  /**
   * RFC 8446, Section 4.1.2: after a HelloRetryRequest the client replaces its shares "with a list
   * containing a single KeyShareEntry from the indicated group".
   */
  static KeyShareEntry onlyShareOf(ClientOffer offer, NamedGroup group) throws TlsException {
    List<KeyShareEntry> shares = shares(offer);
    if (shares.size() != 1 || shares.getFirst().group() != group.code()) {
      throw TlsException.illegalParameter("The second ClientHello has not the share asked for");
    }
    return shares.getFirst();
  }

  private static List<KeyShareEntry> shares(ClientOffer offer) throws TlsException {
    ClientKeyShares shares = offer.find(ClientKeyShares.class);
    if (shares == null) {
      throw missing("key_share");
    }
    return shares.entries();
  }

  private static TlsException missing(String extension) {
    return TlsException.misbehaved(
        AlertDescription.MISSING_EXTENSION, "The ClientHello lacks " + extension);
  }
}
