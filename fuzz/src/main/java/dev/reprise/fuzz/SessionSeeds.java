/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.FuzzedPlaintexts;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionCodec;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sessions of both versions, with and without a client's certificate, in each of their places. */
final class SessionSeeds {
  private SessionSeeds() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      int bit = version == ProtocolVersion.TLS13 ? 0 : 4;
      Session plain = FuzzedSessions.session(version, SessionTarget.SCOPE);
      for (Session session : List.of(plain, certified(plain))) {
        String name = version + (session.peerCertificates().isEmpty() ? "" : "-certified");
        byte[] record = SessionCodec.encode(session);
        seeds.put("stored-" + name, Seeds.prefixed(SessionTarget.STORED | bit, record));
        seeds.put("in-ticket-" + name, Seeds.prefixed(SessionTarget.IN_TICKET | bit, record));
        byte[] exported =
            FuzzedPlaintexts.plaintextOf(
                new ClientSession(session, FuzzedSessions.id(version), Opaque.EMPTY, 1));
        seeds.put("exported-" + name, Seeds.prefixed(SessionTarget.EXPORTED | bit, exported));
      }
    }
    seeds.put("ticket", Seeds.prefixed(SessionTarget.TICKET, new byte[16 + 24 + 32 + 16]));
    return seeds;
  }

  private static Session certified(Session s) {
    return new Session(
        s.version(),
        s.suite(),
        s.secret(),
        s.extendedMasterSecret(),
        s.createdAtMillis(),
        s.authenticatedAtMillis(),
        s.lineage(),
        s.expiresAtMillis(),
        s.ticketAgeAdd(),
        s.scope(),
        s.serverName(),
        "h2",
        List.of(Opaque.copyOf((byte) 0x30, (byte) 0), Opaque.copyOf((byte) 0x30)));
  }
}
