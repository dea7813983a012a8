/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.record.RecordProtection;
import dev.reprise.engine.record.Tls12ChaChaProtection;
import dev.reprise.engine.record.Tls12GcmProtection;
import dev.reprise.engine.record.Tls13Protection;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.wire.TlsException;

/** From keys to the protection of records: RFC 8446, Section 5.2; RFC 5288 and RFC 7905. */
final class Epochs {
  private Epochs() {}

  static RecordProtection sealing(CryptoProvider crypto, CipherSuite suite, TrafficSecret secret)
      throws TlsException {
    try (TrafficKeys keys = secret.keys(suite.aead())) {
      return Tls13Protection.sealing(crypto.aeads(), keys.aead(), keys.key(), keys.iv());
    }
  }

  static RecordProtection opening(CryptoProvider crypto, CipherSuite suite, TrafficSecret secret)
      throws TlsException {
    try (TrafficKeys keys = secret.keys(suite.aead())) {
      return Tls13Protection.opening(crypto.aeads(), keys.aead(), keys.key(), keys.iv());
    }
  }

  /** Takes the keys over. */
  static RecordProtection sealing(CryptoProvider crypto, TrafficKeys keys) throws TlsException {
    try (keys) {
      return tls12Sealing(crypto.aeads(), keys);
    }
  }

  private static RecordProtection tls12Sealing(AeadCiphers aeads, TrafficKeys keys)
      throws TlsException {
    return switch (keys.aead()) {
      case AES_128_GCM, AES_256_GCM ->
          Tls12GcmProtection.sealing(aeads, keys.aead(), keys.key(), keys.iv());
      case CHACHA20_POLY1305 ->
          Tls12ChaChaProtection.sealing(aeads, keys.aead(), keys.key(), keys.iv());
    };
  }

  /** Takes the keys over. */
  static RecordProtection opening(CryptoProvider crypto, TrafficKeys keys) throws TlsException {
    try (keys) {
      return tls12Opening(crypto.aeads(), keys);
    }
  }

  private static RecordProtection tls12Opening(AeadCiphers aeads, TrafficKeys keys)
      throws TlsException {
    return switch (keys.aead()) {
      case AES_128_GCM, AES_256_GCM ->
          Tls12GcmProtection.opening(aeads, keys.aead(), keys.key(), keys.iv());
      case CHACHA20_POLY1305 ->
          Tls12ChaChaProtection.opening(aeads, keys.aead(), keys.key(), keys.iv());
    };
  }
}
