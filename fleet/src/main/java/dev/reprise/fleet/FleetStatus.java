/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.time.Duration;
import java.util.List;

/**
 * How a node stands in its fleet at one moment.
 *
 * @param reachable whether Redis has answered the last poll
 * @param sinceLastPoll how long ago it answered last; since the start if it never has
 * @param clockOffset what is added to this machine's clock
 * @param clockAlarms how often this machine's clock was found to be farther from Redis's than 5 s
 * @param stranger whether what Redis holds under the fleet's name was written under another fleet
 *     key
 * @param unauthenticRecords how many of the records of the last poll no node of this fleet has
 *     written
 * @param generation of the keys: grows with each {@code rotate --now}
 * @param keysHeld how many ticket keys this node has
 * @param revocationsCurrent whether the fleet's list of revocations was read within a period
 * @param polls how many Redis has answered
 * @param failedPolls how many it has not
 * @param others the other nodes that live
 */
public record FleetStatus(
    boolean reachable,
    Duration sinceLastPoll,
    Duration clockOffset,
    long clockAlarms,
    boolean stranger,
    int unauthenticRecords,
    long generation,
    int keysHeld,
    boolean revocationsCurrent,
    long polls,
    long failedPolls,
    List<FleetNode> others) {
  public FleetStatus {
    others = List.copyOf(others);
  }
}
