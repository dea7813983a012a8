/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.HashAlgorithm;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Exports under any label. BoringSSL's runner uses the empty one, which {@link Exporter#export}
 * refuses to applications: an HkdfLabel has no room for it (RFC 8446, Section 7.1).
 */
public final class AnyLabel {
  private static final byte[] PREFIX = "tls13 ".getBytes(StandardCharsets.US_ASCII);

  private AnyLabel() {}

  public static byte[] export(
      Exporter exporter, String label, byte @Nullable [] context, int length)
      throws TlsException, GeneralSecurityException {
    if (!label.isEmpty()) {
      return exporter.export(label, context, length);
    }
    return switch (exporter) {
      case Exporter12 tls12 -> tls12.derive(label, context, length);
      case Exporter13 tls13 -> underEmptyLabel(tls13, context, length);
    };
  }

  /** RFC 8446, Section 7.5, with a label that is too short for Section 7.1. */
  private static byte[] underEmptyLabel(Exporter13 exporter, byte @Nullable [] context, int length)
      throws TlsException, GeneralSecurityException {
    HashAlgorithm hash = exporter.hkdf.hash();
    byte[] ofNothing = EmptyHash.of(hash);
    ByteBuffer info = ByteBuffer.allocate(4 + PREFIX.length + ofNothing.length + 1);
    info.putShort((short) hash.length()).put((byte) PREFIX.length).put(PREFIX);
    info.put((byte) ofNothing.length).put(ofNothing).put((byte) 1);
    String bits = Integer.toString(8 * hash.length());
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(new SecretKeySpec(exporter.secret.reveal(), "HKDF"));
    MessageDigest digest = MessageDigest.getInstance("SHA-" + bits);
    byte[] contextHash = context == null ? ofNothing : digest.digest(context);
    try (Secret labelled = Secret.takeOver(mac.doFinal(info.array()))) {
      return exporter.hkdf.expandLabelBytes(labelled, Labels.EXPORTER, contextHash, length);
    }
  }
}
