/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.rfc8448.Trace;
import dev.reprise.engine.rfc8448.Trace.Sent;
import dev.reprise.engine.rfc8448.Trace.Side;
import dev.reprise.engine.rfc8448.TraceKeys;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a trace as one of its ends, from its own private key and the messages on the wire
 * alone, and notes every value of the key schedule under the name that the trace has for it.
 */
final class Replay {
  private static final HashAlgorithm HASH = HashAlgorithm.SHA256;
  private static final Opaque ZEROS = Opaque.takeOver(new byte[HASH.length()]);

  private final Trace trace;
  private final Side end;
  private final @Nullable Secret psk;
  private final Hkdf hkdf;
  private final CryptoProvider crypto;
  private final Transcript transcript;
  private final ArrayDeque<Sent> messages;
  private final Map<String, Opaque> values = new HashMap<>();

  Replay(CryptoProvider crypto, Trace trace, Side end, @Nullable Secret psk) throws TlsException {
    this.crypto = crypto;
    this.trace = trace;
    this.end = end;
    this.psk = psk;
    this.hkdf = new Hkdf(HASH, crypto);
    this.transcript = new Transcript(crypto.digests());
    this.messages = new ArrayDeque<>(trace.messages());
  }

  /** Step name, slash, value name; a sender in capitals is part of the step's name. */
  Map<String, Opaque> play() throws TlsException, GeneralSecurityException {
    EarlySecret early = early();
    ClientHello clientHello = clientHello(early);
    transcript.select(HASH);
    ServerHello serverHello = (ServerHello) read(next(HandshakeType.SERVER_HELLO));
    if (serverHello.isHelloRetryRequest()) {
      transcript.replaceByMessageHash();
      add(next(HandshakeType.SERVER_HELLO));
      clientHello = (ClientHello) read(next(HandshakeType.CLIENT_HELLO));
      add(next(HandshakeType.CLIENT_HELLO));
      serverHello = (ServerHello) read(next(HandshakeType.SERVER_HELLO));
    } else if (psk != null) {
      earlyTraffic(early);
    }
    add(next(HandshakeType.SERVER_HELLO));
    try (MainSecret main = handshake(early, sharedSecret(clientHello, serverHello))) {
      ticket(main);
    }
    return values;
  }

  private EarlySecret early() throws TlsException {
    EarlySecret early = psk == null ? EarlySecret.withoutPsk(hkdf) : EarlySecret.of(hkdf, psk);
    note("extract early/ikm", psk == null ? ZEROS : bytes(psk));
    note("extract early/secret", early);
    derivedFromNothing("handshake", early);
    return early;
  }

  private ClientHello clientHello(EarlySecret early) throws TlsException {
    Sent sent = next(HandshakeType.CLIENT_HELLO);
    ClientHello hello = (ClientHello) read(sent);
    OfferedPsks offered = hello.extensions().find(OfferedPsks.class);
    if (offered != null) {
      int truncated = sent.message().length() - offered.bindersLength();
      byte[] hash = transcript.hashWith(HASH, sent.message().slice(0, truncated));
      note("binder/client-hello", sent.message().slice(0, truncated));
      note("binder/transcript-hash", hash);
      note("binder/prk", bytes(early.deriveFromNothing(Labels.RESUMPTION_BINDER)));
      note("binder/verify-data", early.binder(hash));
      note("offered binder", offered.binders().getFirst());
    }
    add(sent);
    return hello;
  }

  private void earlyTraffic(EarlySecret early) throws TlsException {
    byte[] hash = transcript.hash();
    try (TrafficSecret traffic = early.clientEarlyTraffic(hash);
        Secret exporter = early.derive("e exp master", hash)) {
      derived("c e traffic", early, hash, bytes(traffic.secret));
      derived("e exp master", early, hash, bytes(exporter));
      keys(Side.CLIENT, "early", traffic);
    }
  }

  private MainSecret handshake(EarlySecret early, Secret shared) throws TlsException {
    note("extract handshake/ikm", bytes(shared));
    HandshakeSecret handshake = early.handshake(shared);
    byte[] hash = transcript.hash();
    note("extract handshake/secret", handshake);
    derivedFromNothing("main", handshake);
    TrafficSecret client = handshake.clientTraffic(hash);
    TrafficSecret server = handshake.serverTraffic(hash);
    derived("c hs traffic", handshake, hash, bytes(client.secret));
    derived("s hs traffic", handshake, hash, bytes(server.secret));
    keys(Side.CLIENT, "handshake", client);
    keys(Side.SERVER, "handshake", server);
    MainSecret main = handshake.main();
    note("extract main/ikm", ZEROS);
    note("extract main/secret", main);
    finish(Side.SERVER, server);
    application(main);
    finish(Side.CLIENT, client);
    return main;
  }

  /** Everything up to and with that side's Finished. */
  private void finish(Side side, TrafficSecret traffic) throws TlsException {
    while (next().type() != HandshakeType.FINISHED) {
      add(next());
    }
    note(side + " finished/prk", traffic);
    note(side + " finished/verify-data", traffic.finished(transcript.hash()));
    note(side + " sent finished", next(HandshakeType.FINISHED).body());
    add(next());
    traffic.close();
  }

  private void application(MainSecret main) throws TlsException {
    byte[] hash = transcript.hash();
    try (TrafficSecret client = main.clientTraffic(hash);
        TrafficSecret server = main.serverTraffic(hash);
        Exporter13 exporter = main.exporter(crypto.digests(), hash)) {
      derived("c ap traffic", main, hash, bytes(client.secret));
      derived("s ap traffic", main, hash, bytes(server.secret));
      derived("exp master", main, hash, bytes(exporter.secret));
      keys(Side.CLIENT, "application", client);
      keys(Side.SERVER, "application", server);
    }
  }

  private void ticket(MainSecret main) throws TlsException {
    byte[] hash = transcript.hash();
    Opaque prk = bytes(main.secret);
    try (ResumptionSecret resumption = main.resumption(hash)) {
      note("derive res master/prk", prk);
      note("derive res master/context", hash);
      note("derive res master/expanded", resumption);
      if (!messages.isEmpty()) {
        Opaque nonce = ((NewSessionTicket13) read(next())).nonce();
        note("psk/prk", resumption);
        note("psk/context", nonce);
        note("psk/expanded", bytes(resumption.psk(nonce)));
      }
    }
  }

  private Secret sharedSecret(ClientHello client, ServerHello server)
      throws GeneralSecurityException {
    KeyShareEntry answer =
        Objects.requireNonNull(server.extensions().find(ServerKeyShare.class)).entry();
    KeyShareEntry offer =
        Objects.requireNonNull(client.extensions().find(ClientKeyShares.class)).entries().stream()
            .filter(entry -> entry.group() == answer.group())
            .findFirst()
            .orElseThrow();
    Opaque peer = (end == Side.CLIENT ? answer : offer).keyExchange();
    return Secret.takeOver(
        answer.group() == 0x001d
            ? TraceKeys.x25519(privateKey("x25519"), peer)
            : TraceKeys.p256(privateKey("P-256"), peer));
  }

  private Opaque privateKey(String group) {
    return trace.step(end, "key-pair " + group).value("private-key");
  }

  private void keys(Side sender, String epoch, TrafficSecret traffic) throws TlsException {
    try (TrafficKeys keys = traffic.keys(AeadAlgorithm.AES_128_GCM)) {
      String step = sender + " keys " + epoch;
      note(step + "/prk", traffic);
      note(step + "/key", bytes(keys.key()));
      note(step + "/iv", bytes(keys.iv()));
    }
  }

  private void derived(String label, Stage from, byte[] hash, Opaque expanded) {
    note("derive " + label + "/prk", from);
    note("derive " + label + "/context", hash);
    note("derive " + label + "/expanded", expanded);
  }

  private void derivedFromNothing(String to, Stage from) throws TlsException {
    Opaque salt = bytes(from.deriveFromNothing(Labels.DERIVED));
    derived("derived to " + to, from, EmptyHash.of(HASH), salt);
    note("extract " + to + "/salt", salt);
  }

  private Sent next() {
    return messages.getFirst();
  }

  private Sent next(HandshakeType type) {
    if (next().type() != type) {
      throw new IllegalStateException("Not a " + type + ": " + next());
    }
    return next();
  }

  /** Adds the next message, which is {@code sent}, and goes on. */
  private void add(Sent sent) {
    transcript.add(sent.message());
    messages.removeFirst();
  }

  private static HandshakeMessage read(Sent sent) throws TlsException {
    return HandshakeMessages.read(sent.type(), Dialect.TLS13, TlsReader.of(sent.body()));
  }

  private static Opaque bytes(Secret secret) {
    return Opaque.copyOf(secret.reveal());
  }

  private void note(String name, Stage stage) {
    note(name, bytes(stage.secret));
  }

  private void note(String name, byte[] value) {
    note(name, Opaque.copyOf(value));
  }

  private void note(String name, Opaque value) {
    if (values.put(name, value) != null) {
      throw new IllegalStateException(name + " twice");
    }
  }
}
