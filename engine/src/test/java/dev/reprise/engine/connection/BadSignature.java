/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Signatures;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.KeyKind;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Signatures that the right key made, in a form that the scheme does not allow; and two others. */
enum BadSignature implements LyingCrypto.Signer {
  LONG_FORM_OF_A_SHORT_LENGTH(numbers -> "3081" + length(numbers) + numbers),
  INDEFINITE_LENGTH(numbers -> "3080" + numbers + "0000"),
  A_SET(numbers -> "31" + length(numbers) + numbers),
  SOMETHING_BEHIND(numbers -> "30" + length(numbers) + numbers + "00"),
  SOMETHING_INSIDE(numbers -> "30" + length(numbers + "0500") + numbers + "0500"),
  A_ZERO_BEFORE_R(BadSignature::withZeroBeforeR),
  A_NEGATIVE_R(numbers -> sequence("0201ff" + second(numbers))),
  NO_R(numbers -> sequence("020100" + second(numbers))),
  NO_S(numbers -> sequence(numbers.substring(0, numbers.length() - second(numbers).length()))),

  SALT_OF_NOTHING("SHA-256", "SHA-256", 0),
  SALT_OF_20_BYTES("SHA-256", "SHA-256", 20),
  SALT_TOO_LONG("SHA-256", "SHA-256", 33),
  ANOTHER_HASH("SHA-384", "SHA-384", 48),
  ANOTHER_MASK("SHA-256", "SHA-1", 32),
  OLD_PADDING("SHA256withRSA");

  final KeyKind key;

  @SuppressWarnings("ImmutableEnumChecker") // A lambda that captures nothing that changes.
  private final LyingCrypto.Signer signer;

  /** Of ECDSA, from the two numbers as DER has them. */
  BadSignature(UnaryOperator<String> lie) {
    this.key = KeyKind.ECDSA_P256;
    this.signer =
        (honest, scheme, key, content) -> {
          String good = honest.sign(scheme, key, content).toString();
          return Opaque.ofHex(lie.apply(good.substring(4)));
        };
  }

  /** RSA-PSS with other parameters. */
  BadSignature(String hash, String mask, int salt) {
    this.key = KeyKind.RSA_2048;
    this.signer =
        (_, _, key, content) ->
            sign(
                "RSASSA-PSS",
                new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, 1),
                key,
                content);
  }

  /** Another algorithm of the same key. */
  BadSignature(String algorithm) {
    this.key = KeyKind.RSA_2048;
    this.signer = (_, _, key, content) -> sign(algorithm, null, key, content);
  }

  @Override
  public Opaque sign(Signatures honest, SignatureScheme scheme, PrivateKey own, byte[] content)
      throws TlsException {
    return signer.sign(honest, scheme, own, content);
  }

  private static Opaque sign(
      String algorithm,
      @org.jspecify.annotations.Nullable PSSParameterSpec parameters,
      PrivateKey key,
      byte[] content) {
    try {
      Signature signing = Signature.getInstance(algorithm);
      if (parameters != null) {
        signing.setParameter(parameters);
      }
      signing.initSign(key);
      signing.update(content);
      return Opaque.takeOver(signing.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sequence(String numbers) {
    return "30" + length(numbers) + numbers;
  }

  private static String withZeroBeforeR(String numbers) {
    byte[] bytes = HexFormat.of().parseHex(numbers);
    byte[] longer = new byte[bytes.length + 1];
    longer[0] = 2;
    longer[1] = (byte) (bytes[1] + 1);
    System.arraycopy(bytes, 2, longer, 3, bytes.length - 2);
    return sequence(HexFormat.of().formatHex(longer));
  }

  private static String second(String numbers) {
    byte[] bytes = HexFormat.of().parseHex(numbers);
    return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, 2 + bytes[1], bytes.length));
  }

  private static String length(String hex) {
    return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
  }
}
