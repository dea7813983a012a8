/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.record.Received;
import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.record.RecordWriter;
import dev.reprise.engine.record.Tls13Protection;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.schedule.HandshakeSecret;
import dev.reprise.engine.schedule.MainSecret;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.KeyUpdate;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A TLS 1.3 client made of the engine's parts that says what a test wants it to say. It trusts
 * anybody.
 */
final class ScriptedClient {
  static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;

  final CryptoProvider crypto = JcaCryptoProvider.create(SeededRandom.of(5));
  final Transcript transcript = new Transcript(crypto.digests());
  final HandshakeDeframer deframer = new HandshakeDeframer();
  final RecordReader reader = new RecordReader(deframer);
  final RecordWriter writer = new RecordWriter();
  final TlsConnection server;
  KeyShareOffer share;
  NamedGroup group;
  @Nullable EncryptedExtensions encryptedExtensions;
  private @Nullable TrafficSecret applicationWriting;
  private @Nullable TrafficSecret applicationReading;

  ScriptedClient(TlsConnection server, NamedGroup group) throws TlsException {
    this.server = server;
    this.group = group;
    this.share = Objects.requireNonNull(crypto.keyExchange(group)).offer();
  }

  /** A hello that a server takes; tests change its extensions. */
  ClientHello hello(UnaryOperator<List<Extension>> change) {
    List<Extension> extensions =
        new ArrayList<>(
            List.of(
                new SupportedVersions(Uint16List.of(ProtocolVersion.TLS13.code())),
                new SupportedGroups(
                    Uint16List.of(NamedGroup.X25519.code(), NamedGroup.SECP256R1.code())),
                new SignatureAlgorithms(Uint16List.of(0x0403)),
                new ClientKeyShares(List.of(new KeyShareEntry(group.code(), share.share())))));
    return new ClientHello(
        ProtocolVersion.TLS12.code(),
        Opaque.takeOver(new byte[32]),
        Opaque.takeOver(new byte[32]),
        Uint16List.of(SUITE.code()),
        Opaque.copyOf((byte) 0),
        Extensions.of(change.apply(extensions).toArray(new Extension[0])));
  }

  /** Sends a hello; the server reads it. */
  void send(ClientHello hello) throws TlsException {
    Opaque encoded = HandshakeMessages.encode(hello);
    transcript.add(encoded);
    writer.handshake(encoded);
    flush();
  }

  /** Sends a hello and the beginning of what comes next in one record. */
  void sendPacked(ClientHello hello, byte[] more) throws TlsException {
    byte[] both = Pair.join(HandshakeMessages.encode(hello).toArray(), more);
    ByteBuffer record = ByteBuffer.allocate(5 + both.length);
    record.put((byte) ContentType.HANDSHAKE.code()).putShort((short) 0x0303);
    record.putShort((short) both.length).put(both);
    give(record.flip());
  }

  /** A record of application_data of that many bytes, which no key opens. */
  void sendGarbage(int length) throws TlsException {
    ByteBuffer record = ByteBuffer.allocate(5 + length);
    record.put((byte) ContentType.APPLICATION_DATA.code()).putShort((short) 0x0303);
    record.putShort((short) length);
    give(record.rewind());
  }

  void flush() throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    writer.drain(out);
    give(out.flip());
  }

  private void give(ByteBuffer bytes) throws TlsException {
    Pair.give(server, bytes);
  }

  /** The HelloRetryRequest that the server has sent. */
  ServerHello retryRequest() throws TlsException {
    HandshakeDeframer.Message message = next(fromServer());
    ServerHello request =
        (ServerHello) HandshakeMessages.read(message.type(), Dialect.HELLO, message.body());
    transcript.select(SUITE.hash());
    transcript.replaceByMessageHash();
    transcript.add(message.encoded());
    reader.negotiated(ProtocolVersion.TLS13);
    return request;
  }

  void useGroup(NamedGroup other) throws TlsException {
    group = other;
    share = Objects.requireNonNull(crypto.keyExchange(other)).offer();
  }

  /** Reads the server's flight and answers it with Finished: the server is connected. */
  ServerHello finish() throws TlsException {
    ByteBuffer in = fromServer();
    HandshakeDeframer.Message message = next(in);
    ServerHello hello =
        (ServerHello) HandshakeMessages.read(message.type(), Dialect.HELLO, message.body());
    if (!transcript.isSelected()) {
      transcript.select(SUITE.hash());
    }
    transcript.add(message.encoded());
    reader.negotiated(ProtocolVersion.TLS13);
    ServerKeyShare theirs = Objects.requireNonNull(hello.extensions().find(ServerKeyShare.class));
    HandshakeSecret secret =
        EarlySecret.withoutPsk(new Hkdf(SUITE.hash(), crypto))
            .handshake(share.complete(theirs.entry().keyExchange()));
    byte[] hash = transcript.hash();
    TrafficSecret client = secret.clientTraffic(hash);
    TrafficKeys reading = secret.serverTraffic(hash).keys(SUITE.aead());
    final MainSecret main = secret.main();
    reader.protect(
        Tls13Protection.opening(crypto.aeads(), reading.aead(), reading.key(), reading.iv()));
    TrafficKeys writing = client.keys(SUITE.aead());
    writer.protect(
        Tls13Protection.sealing(crypto.aeads(), writing.aead(), writing.key(), writing.iv()));
    HandshakeType last = HandshakeType.SERVER_HELLO;
    while (last != HandshakeType.FINISHED) {
      message = next(in);
      last = message.type();
      if (last == HandshakeType.ENCRYPTED_EXTENSIONS) {
        encryptedExtensions =
            (EncryptedExtensions)
                HandshakeMessages.read(message.type(), Dialect.TLS13, message.body());
      }
      transcript.add(message.encoded());
    }
    applicationWriting = main.clientTraffic(transcript.hash());
    applicationReading = main.serverTraffic(transcript.hash());
    writer.handshake(HandshakeMessages.encode(new Finished(client.finished(transcript.hash()))));
    flush();
    writer.protect(sealing(applicationWriting));
    reader.protect(opening(applicationReading));
    reader.peerFinished();
    return hello;
  }

  private RecordProtection sealing(TrafficSecret secret) throws TlsException {
    TrafficKeys keys = secret.keys(SUITE.aead());
    return Tls13Protection.sealing(crypto.aeads(), keys.aead(), keys.key(), keys.iv());
  }

  private RecordProtection opening(TrafficSecret secret) throws TlsException {
    TrafficKeys keys = secret.keys(SUITE.aead());
    return Tls13Protection.opening(crypto.aeads(), keys.aead(), keys.key(), keys.iv());
  }

  /** Moves on to new write keys, and asks the server to do the same. */
  void requestKeyUpdate() throws TlsException {
    writer.handshake(HandshakeMessages.encode(new KeyUpdate(true)));
    applicationWriting = Objects.requireNonNull(applicationWriting).next();
    writer.protect(sealing(applicationWriting));
    flush();
  }

  /** How many key updates come before the application data that the server sends now. */
  int keyUpdatesBefore(byte[] data) throws TlsException {
    ByteBuffer in = fromServer(data);
    int updates = 0;
    while (in.hasRemaining()) {
      Received received = reader.read(in, ByteBuffer.allocate(1 << 15));
      if (received instanceof Received.ApplicationData) {
        return updates;
      }
      if (received instanceof Received.Fragment(ContentType _, Opaque plaintext)
          && plaintext.at(0) == HandshakeType.KEY_UPDATE.code()) {
        updates++;
        applicationReading = Objects.requireNonNull(applicationReading).next();
        reader.protect(opening(applicationReading));
      }
    }
    throw new AssertionError("The server sent no application data");
  }

  private ByteBuffer fromServer(byte... data) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    ByteBuffer[] application = {ByteBuffer.wrap(data)};
    while (server.hasPendingOutput() || application[0].hasRemaining()) {
      server.write(application, 0, 1, out);
    }
    return ByteBuffer.wrap(Arrays.copyOf(out.array(), out.position()));
  }

  private HandshakeDeframer.Message next(ByteBuffer in) throws TlsException {
    for (; ; ) {
      HandshakeDeframer.Message message = deframer.next();
      if (message != null) {
        return message;
      }
      if (reader.read(in, ByteBuffer.allocate(1 << 15))
              instanceof Received.Fragment(ContentType type, Opaque plaintext)
          && type == ContentType.HANDSHAKE) {
        deframer.add(plaintext);
      }
    }
  }
}
