/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.util.Arrays;
import java.util.stream.Stream;

/** Every way to protect a record, with a fixed key. */
enum ProtectionKind {
  TLS13_AES_128_GCM(ProtocolVersion.TLS13, AeadAlgorithm.AES_128_GCM, 12, 17),
  TLS13_AES_256_GCM(ProtocolVersion.TLS13, AeadAlgorithm.AES_256_GCM, 12, 17),
  TLS13_CHACHA20_POLY1305(ProtocolVersion.TLS13, AeadAlgorithm.CHACHA20_POLY1305, 12, 17),
  TLS12_AES_128_GCM(ProtocolVersion.TLS12, AeadAlgorithm.AES_128_GCM, 4, 24),
  TLS12_AES_256_GCM(ProtocolVersion.TLS12, AeadAlgorithm.AES_256_GCM, 4, 24),
  TLS12_CHACHA20_POLY1305(ProtocolVersion.TLS12, AeadAlgorithm.CHACHA20_POLY1305, 12, 16);

  final ProtocolVersion version;
  final AeadAlgorithm algorithm;
  final int ivLength;

  /** How much longer than its content a payload is. */
  final int expansion;

  ProtectionKind(ProtocolVersion version, AeadAlgorithm algorithm, int ivLength, int expansion) {
    this.version = version;
    this.algorithm = algorithm;
    this.ivLength = ivLength;
    this.expansion = expansion;
  }

  static Stream<ProtectionKind> tls13() {
    return Arrays.stream(values()).filter(kind -> kind.version == ProtocolVersion.TLS13);
  }

  static Stream<ProtectionKind> tls12() {
    return Arrays.stream(values()).filter(kind -> kind.version == ProtocolVersion.TLS12);
  }

  byte[] key() {
    return counting(algorithm.keyLength(), 0x40);
  }

  byte[] iv() {
    return counting(ivLength, 0xa0);
  }

  RecordProtection sealing(AeadCiphers aeads) throws TlsException {
    Secret key = Secret.copyOf(key());
    Secret iv = Secret.copyOf(iv());
    if (version == ProtocolVersion.TLS13) {
      return Tls13Protection.sealing(aeads, algorithm, key, iv);
    }
    return algorithm == AeadAlgorithm.CHACHA20_POLY1305
        ? Tls12ChaChaProtection.sealing(aeads, algorithm, key, iv)
        : Tls12GcmProtection.sealing(aeads, algorithm, key, iv);
  }

  RecordProtection sealing(AeadCiphers aeads, long limit) throws TlsException {
    Secret key = Secret.copyOf(key());
    Secret iv = Secret.copyOf(iv());
    if (version == ProtocolVersion.TLS13) {
      return Tls13Protection.sealing(aeads, algorithm, key, iv, limit);
    }
    return algorithm == AeadAlgorithm.CHACHA20_POLY1305
        ? Tls12ChaChaProtection.sealing(aeads, algorithm, key, iv, limit)
        : Tls12GcmProtection.sealing(aeads, algorithm, key, iv, limit);
  }

  RecordProtection opening(AeadCiphers aeads) throws TlsException {
    Secret key = Secret.copyOf(key());
    Secret iv = Secret.copyOf(iv());
    if (version == ProtocolVersion.TLS13) {
      return Tls13Protection.opening(aeads, algorithm, key, iv);
    }
    return algorithm == AeadAlgorithm.CHACHA20_POLY1305
        ? Tls12ChaChaProtection.opening(aeads, algorithm, key, iv)
        : Tls12GcmProtection.opening(aeads, algorithm, key, iv);
  }

  private static byte[] counting(int length, int from) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }
}
