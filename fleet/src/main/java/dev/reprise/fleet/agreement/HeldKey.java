/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;

/** A ticket key that this node has; for the fleet's thread alone. */
final class HeldKey implements AutoCloseable {
  private final KeyRecord record;
  private final Secret secret;
  private boolean confirmed;

  HeldKey(KeyRecord record, Secret secret) {
    this.record = record;
    this.secret = secret;
  }

  KeyRecord record() {
    return record;
  }

  Opaque name() {
    return record.name();
  }

  Secret secret() {
    return secret;
  }

  /** Every node that lives has it: whoever joins later gets it before it counts as living. */
  void confirm() {
    confirmed = true;
  }

  /**
   * When it begins to seal: at its time, if all nodes have had a period to take it or all that live
   * have confirmed it. One that was made because there was none does not wait as long, or nothing
   * would be sealed meanwhile.
   */
  long sealsFrom(FleetTimes times, long threePolls) {
    if (confirmed) {
      return record.issueFromMillis();
    }
    boolean urgent = record.issueFromMillis() == record.publishAtMillis();
    long patience = urgent ? threePolls : times.rotateEvery().toMillis();
    return Math.max(record.issueFromMillis(), record.publishAtMillis() + patience);
  }

  /**
   * As the node uses it.
   *
   * @param sealsFrom when it begins to seal; past its last time: it only opens
   */
  Stek stek(long sealsFrom, long tolerance) {
    // A node whose clock runs ahead may have sealed before it was published by ours.
    long publishAt = record.publishAtMillis() - tolerance;
    boolean opensOnly = sealsFrom >= record.issueUntilMillis();
    return new Stek(
        record.name(),
        secret,
        publishAt,
        opensOnly ? publishAt : sealsFrom,
        opensOnly ? publishAt + 1 : record.issueUntilMillis(),
        record.acceptUntilMillis());
  }

  @Override
  public void close() {
    secret.close();
  }
}
