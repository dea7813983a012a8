/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.MessageDigestSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.CipherSpi;
import javax.crypto.KEMSpi;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Offers what the provider behind it does, but what is made of one type of service is made without
 * complaint and throws when it is used.
 */
final class FaultyProvider extends Provider {
  private static final long serialVersionUID = 1L;

  private final transient Provider behind;
  private final String faultyType;
  private final transient byte @Nullable [] secret;

  FaultyProvider(Provider behind, String faultyType) {
    this(behind, faultyType, null);
  }

  private FaultyProvider(Provider behind, String faultyType, byte @Nullable [] secret) {
    super("Faulty", "1", "Throws");
    this.behind = behind;
    this.faultyType = faultyType;
    this.secret = secret;
  }

  /** One whose key agreements take any share and come to {@code secret}. */
  static FaultyProvider agreeing(Provider behind, byte[] secret) {
    return new FaultyProvider(behind, "KeyAgreement", secret);
  }

  /** One to whom any signature is right. */
  static FaultyProvider approving(Provider behind) {
    return new FaultyProvider(behind, "Signature", new byte[0]);
  }

  static IllegalArgumentException fault() {
    return new IllegalArgumentException("A fault of the provider");
  }

  @Override
  public @Nullable Service getService(String type, String algorithm) {
    if (!type.equals(faultyType)) {
      return behind.getService(type, algorithm);
    }
    return new Service(this, type, algorithm, "faulty", null, null) {
      @Override
      public Object newInstance(@Nullable Object parameter) {
        return switch (type) {
          case "MessageDigest" -> new FaultyDigest();
          case "Mac" -> new FaultyMac();
          case "Cipher" -> new FaultyCipher();
          case "KeyPairGenerator" -> new FaultyGenerator();
          case "KeyAgreement" -> new FaultyAgreement(secret);
          case "KEM" -> new FaultyKem();
          case "Signature" -> new FaultySignature(secret != null);
          default -> throw fault();
        };
      }

      @Override
      public boolean supportsParameter(Object parameter) {
        return true;
      }
    };
  }

  private static final class FaultyDigest extends MessageDigestSpi {
    @Override
    protected void engineUpdate(byte input) {
      throw fault();
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      throw fault();
    }

    @Override
    protected byte[] engineDigest() {
      throw fault();
    }

    @Override
    protected void engineReset() {}
  }

  private static final class FaultyMac extends MacSpi {
    @Override
    protected int engineGetMacLength() {
      return 32;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters) {}

    @Override
    protected void engineUpdate(byte input) {
      throw fault();
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      throw fault();
    }

    @Override
    protected byte[] engineDoFinal() {
      throw fault();
    }

    @Override
    protected void engineReset() {}
  }

  /** Writes half of what it should before it throws. */
  private static final class FaultyCipher extends CipherSpi {
    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}

    @Override
    protected int engineGetBlockSize() {
      return 16;
    }

    @Override
    protected int engineGetOutputSize(int length) {
      return length + 16;
    }

    @Override
    protected byte[] engineGetIV() {
      return new byte[12];
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {}

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random) {}

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {}

    @Override
    protected void engineUpdateAAD(byte[] data, int offset, int length) {}

    @Override
    protected void engineUpdateAAD(ByteBuffer data) {}

    @Override
    protected byte[] engineUpdate(byte[] in, int offset, int length) {
      throw fault();
    }

    @Override
    protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int at) {
      System.arraycopy(in, offset, out, at, length / 2);
      throw fault();
    }

    @Override
    protected byte[] engineDoFinal(byte[] in, int offset, int length) {
      throw fault();
    }

    @Override
    protected int engineDoFinal(byte[] in, int offset, int length, byte[] out, int at) {
      System.arraycopy(in, offset, out, at, length / 2);
      throw fault();
    }
  }

  private static final class FaultyGenerator extends KeyPairGeneratorSpi {
    @Override
    public void initialize(int size, SecureRandom random) {}

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random) {}

    @Override
    public KeyPair generateKeyPair() {
      throw fault();
    }
  }

  private static final class FaultyAgreement extends KeyAgreementSpi {
    private final byte @Nullable [] secret;

    FaultyAgreement(byte @Nullable [] secret) {
      this.secret = secret;
    }

    @Override
    protected void engineInit(Key key, SecureRandom random) {}

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random) {}

    @Override
    protected @Nullable Key engineDoPhase(Key key, boolean last) {
      return null;
    }

    @Override
    protected byte[] engineGenerateSecret() {
      if (secret == null) {
        throw fault();
      }
      return secret.clone();
    }

    @Override
    protected int engineGenerateSecret(byte[] secret, int offset) {
      throw fault();
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) {
      throw fault();
    }
  }

  private static final class FaultyKem implements KEMSpi {
    @Override
    public EncapsulatorSpi engineNewEncapsulator(
        PublicKey key, AlgorithmParameterSpec parameters, SecureRandom random) {
      throw fault();
    }

    @Override
    public DecapsulatorSpi engineNewDecapsulator(
        PrivateKey key, AlgorithmParameterSpec parameters) {
      throw fault();
    }
  }

  @SuppressWarnings("deprecation") // The SPI asks for it.
  private static final class FaultySignature extends SignatureSpi {
    private final boolean approving;

    FaultySignature(boolean approving) {
      this.approving = approving;
    }

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte content) {
      throw fault();
    }

    @Override
    protected void engineUpdate(byte[] content, int offset, int length) {
      if (!approving) {
        throw fault();
      }
    }

    @Override
    protected byte[] engineSign() {
      throw fault();
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      if (!approving) {
        throw fault();
      }
      return true;
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

    @Override
    protected void engineSetParameter(String name, Object value) {}

    @Override
    protected @Nullable Object engineGetParameter(String name) {
      return null;
    }
  }
}
