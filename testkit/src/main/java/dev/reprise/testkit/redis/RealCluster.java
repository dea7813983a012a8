/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import dev.reprise.testkit.Await;
import dev.reprise.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis Cluster of masters without replicas, each with its part of the slots. */
public final class RealCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;

  private final List<RealRedis> masters = new ArrayList<>();

  private RealCluster() {}

  /** Starts one and returns once all of them say that all is well. */
  public static RealCluster start(int count) {
    RealCluster cluster = new RealCluster();
    try {
      List<Integer> buses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int bus = FreePorts.next();
        buses.add(bus);
        cluster.masters.add(
            RealRedis.start(
                "cluster-enabled yes", "cluster-port " + bus, "cluster-node-timeout 2000"));
      }
      cluster.join(buses);
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException(e);
    }
  }

  private void join(List<Integer> buses) {
    RealRedis first = masters.getFirst();
    for (int i = 0; i < masters.size(); i++) {
      int from = SLOTS * i / masters.size();
      int to = SLOTS * (i + 1) / masters.size() - 1;
      masters.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      masters.get(i).ask("CLUSTER", "ADDSLOTSRANGE", from, to);
      if (i > 0) {
        first.ask("CLUSTER", "MEET", "127.0.0.1", masters.get(i).port(), buses.get(i));
      }
    }
    Await.until("the cluster is whole", () -> masters.stream().allMatch(this::seesAll));
  }

  private boolean seesAll(RealRedis master) {
    String info = master.askText("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_size:" + masters.size());
  }

  public List<RealRedis> masters() {
    return List.copyOf(masters);
  }

  /** With all masters as seeds. */
  public String url() {
    return masters.stream()
        .map(master -> "127.0.0.1:" + master.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  @Override
  public void close() {
    masters.forEach(RealRedis::close);
  }
}
