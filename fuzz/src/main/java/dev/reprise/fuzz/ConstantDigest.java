/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.security.MessageDigest;
import java.util.Arrays;

/** A hash that is the same for all. */
final class ConstantDigest extends MessageDigest implements Cloneable {
  private final int length;
  private final Work work;

  ConstantDigest(int length, Work work) {
    super("constant");
    this.length = length;
    this.work = work;
  }

  @Override
  protected int engineGetDigestLength() {
    return length;
  }

  @Override
  protected void engineUpdate(byte input) {
    work.bytesHashed++;
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int count) {
    work.bytesHashed += count;
  }

  @Override
  protected byte[] engineDigest() {
    byte[] digest = new byte[length];
    Arrays.fill(digest, BelievingCrypto.CONSTANT);
    return digest;
  }

  @Override
  protected void engineReset() {}

  @Override
  public Object clone() {
    return new ConstantDigest(length, work);
  }
}
