/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.HashAlgorithm;
import java.security.Key;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;

/** A MAC that is the same for all keys and messages. */
final class ConstantMac extends Mac {
  ConstantMac(HashAlgorithm algorithm, Work work) {
    super(new Spi(algorithm.length(), work), Nobody.PROVIDER, algorithm.macName());
  }

  private static final class Spi extends MacSpi {
    private final int length;
    private final Work work;

    Spi(int length, Work work) {
      this.length = length;
      this.work = work;
    }

    @Override
    protected int engineGetMacLength() {
      return length;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters) {}

    @Override
    protected void engineUpdate(byte input) {
      work.bytesHashed++;
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {
      work.bytesHashed += count;
    }

    @Override
    protected byte[] engineDoFinal() {
      work.macs++;
      byte[] mac = new byte[length];
      Arrays.fill(mac, BelievingCrypto.CONSTANT);
      return mac;
    }

    @Override
    protected void engineReset() {}
  }

  private static final class Nobody extends Provider {
    private static final long serialVersionUID = 1;
    static final Provider PROVIDER = new Nobody();

    private Nobody() {
      super("Nobody", "1", "for fuzzing");
    }
  }
}
