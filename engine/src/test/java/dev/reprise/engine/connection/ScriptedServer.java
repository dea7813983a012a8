/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.record.RecordWriter;
import dev.reprise.engine.record.Tls13Protection;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.schedule.HandshakeSecret;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.SelectedPsk;
import dev.reprise.engine.wire.SelectedVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A TLS 1.3 server made of the engine's parts that resumes the session offered, whatever it is, and
 * says what a test wants it to say.
 */
final class ScriptedServer {
  private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
  private static final NamedGroup GROUP = NamedGroup.X25519;

  private final CryptoProvider crypto = JcaCryptoProvider.create(SeededRandom.of(6));
  private final Transcript transcript = new Transcript(crypto.digests());
  private final RecordWriter writer = new RecordWriter();
  private final TlsConnection client;
  private HandshakeSecret handshake;
  private TrafficSecret serverTraffic;

  /** Reads the hello that {@code client} has to send, and answers it with a resumption. */
  ScriptedServer(TlsConnection client, Secret psk) throws TlsException {
    this.client = client;
    Opaque encoded = hello();
    ClientHello hello =
        (ClientHello)
            HandshakeMessages.read(
                HandshakeType.CLIENT_HELLO,
                Dialect.HELLO,
                TlsReader.of(encoded.slice(4, encoded.length() - 4)));
    transcript.add(encoded);
    transcript.select(SUITE.hash());
    KeyShareAnswer answer =
        Objects.requireNonNull(crypto.keyExchange(GROUP)).answer(shareOf(hello));
    send(serverHello(hello, answer));
    handshake =
        EarlySecret.of(new Hkdf(SUITE.hash(), crypto), psk).handshake(answer.sharedSecret());
    serverTraffic = handshake.serverTraffic(transcript.hash());
    protect(serverTraffic);
  }

  private Opaque hello() throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 15);
    client.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out);
    int header = 5;
    return Opaque.takeOver(out.array(), header, out.position() - header);
  }

  private static Opaque shareOf(ClientHello hello) {
    ClientKeyShares shares = Objects.requireNonNull(hello.extensions().find(ClientKeyShares.class));
    return shares.entries().stream()
        .filter(entry -> entry.group() == GROUP.code())
        .map(KeyShareEntry::keyExchange)
        .findFirst()
        .orElseThrow();
  }

  private static ServerHello serverHello(ClientHello hello, KeyShareAnswer answer) {
    return new ServerHello(
        ProtocolVersion.TLS12.code(),
        Opaque.takeOver(new byte[32]),
        hello.sessionId(),
        SUITE.code(),
        0,
        Extensions.of(
            new SelectedVersion(ProtocolVersion.TLS13.code()),
            new ServerKeyShare(new KeyShareEntry(GROUP.code(), answer.share())),
            new SelectedPsk(0)));
  }

  private void protect(TrafficSecret secret) throws TlsException {
    TrafficKeys keys = secret.keys(SUITE.aead());
    writer.protect(Tls13Protection.sealing(crypto.aeads(), keys.aead(), keys.key(), keys.iv()));
  }

  /** Sends one message under the keys of the moment; the client reads it. */
  void send(HandshakeMessage message) throws TlsException {
    Opaque encoded = HandshakeMessages.encode(message);
    transcript.add(encoded);
    writer.handshake(encoded);
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    writer.drain(out);
    Pair.give(client, out.flip());
  }

  /** Sends Finished, and goes on under the application's keys. */
  void finish() throws TlsException {
    send(new Finished(serverTraffic.finished(transcript.hash())));
    protect(handshake.main().serverTraffic(transcript.hash()));
  }
}
