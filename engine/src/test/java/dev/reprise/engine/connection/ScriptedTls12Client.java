/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.record.HandshakeDeframer;
import dev.reprise.engine.record.Received;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.record.RecordWriter;
import dev.reprise.engine.record.Tls12GcmProtection;
import dev.reprise.engine.schedule.Tls12Secrets;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyExchange;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyExchange;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A TLS 1.2 client made of the engine's parts that knows no extended main secret, makes a full
 * handshake, and says what a test wants it to say. It trusts anybody.
 */
final class ScriptedTls12Client {
  private static final CipherSuite SUITE = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
  private static final NamedGroup GROUP = NamedGroup.X25519;

  final TlsConnection server;
  private final CryptoProvider crypto = JcaCryptoProvider.create(SeededRandom.of(7));
  private final Transcript transcript = new Transcript(crypto.digests());
  private final HandshakeDeframer deframer = new HandshakeDeframer();
  private final RecordReader reader = new RecordReader(deframer);
  private final RecordWriter writer = new RecordWriter();

  ScriptedTls12Client(TlsConnection server) throws TlsException {
    this.server = server;
    transcript.select(SUITE.hash());
  }

  static ClientHello hello(UnaryOperator<List<Extension>> change) {
    List<Extension> extensions =
        new ArrayList<>(
            List.of(
                new RenegotiationInfo(Opaque.EMPTY),
                new SupportedGroups(Uint16List.of(GROUP.code(), NamedGroup.SECP256R1.code())),
                new SignatureAlgorithms(Uint16List.of(0x0403))));
    return new ClientHello(
        ProtocolVersion.TLS12.code(),
        Opaque.takeOver(new byte[32]),
        Opaque.EMPTY,
        Uint16List.of(SUITE.code()),
        Opaque.copyOf((byte) 0),
        Extensions.of(change.apply(extensions).toArray(new Extension[0])));
  }

  /** A full handshake up to the client's Finished, whose bytes {@code finished} may change. */
  void connect(ClientHello hello, UnaryOperator<Opaque> finished) throws TlsException {
    send(hello);
    reader.negotiated(ProtocolVersion.TLS12);
    ByteBuffer in = fromServer();
    ServerHello answer = (ServerHello) next(in, HandshakeType.SERVER_HELLO);
    next(in, HandshakeType.CERTIFICATE);
    ServerKeyExchange theirs = (ServerKeyExchange) next(in, HandshakeType.SERVER_KEY_EXCHANGE);
    next(in, HandshakeType.SERVER_HELLO_DONE);
    KeyShareAnswer share =
        Objects.requireNonNull(crypto.keyExchange(GROUP)).answer(theirs.publicKey());
    send(new ClientKeyExchange(share.share()));
    Tls12Prf prf = new Tls12Prf(SUITE.hash(), crypto);
    Secret main =
        Tls12Secrets.mainSecret(prf, share.sharedSecret(), hello.random(), answer.random());
    TrafficKeys keys =
        Tls12Secrets.keyBlock(prf, main, hello.random(), answer.random(), SUITE.aead()).client();
    writer.changeCipherSpec();
    writer.protect(Tls12GcmProtection.sealing(crypto.aeads(), keys.aead(), keys.key(), keys.iv()));
    send(new Finished(finished.apply(Tls12Secrets.clientFinished(prf, main, transcript.hash()))));
  }

  /** Sends a message under the keys of the moment; the server reads it. */
  void send(HandshakeMessage message) throws TlsException {
    Opaque encoded = HandshakeMessages.encode(message);
    transcript.add(encoded);
    writer.handshake(encoded);
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    writer.drain(out);
    Pair.give(server, out.flip());
  }

  /** Everything that the server has to send now. */
  ByteBuffer fromServer() throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    while (server.hasPendingOutput()) {
      server.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out);
    }
    return out.flip();
  }

  private HandshakeMessage next(ByteBuffer in, HandshakeType expected) throws TlsException {
    HandshakeDeframer.Message message = deframer.next();
    while (message == null) {
      if (reader.read(in, ByteBuffer.allocate(1 << 15)) instanceof Received.Fragment fragment) {
        deframer.add(fragment.plaintext());
      }
      message = deframer.next();
    }
    transcript.add(message.encoded());
    if (message.type() != expected) {
      throw new AssertionError("The server sent " + message.type() + ", not " + expected);
    }
    return HandshakeMessages.read(
        message.type(),
        expected == HandshakeType.SERVER_HELLO ? Dialect.HELLO : Dialect.TLS12,
        message.body());
  }
}
