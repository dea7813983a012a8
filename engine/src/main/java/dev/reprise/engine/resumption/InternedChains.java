/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.util.ArrayList;
import java.util.List;

/**
 * Client certificate chains, each once for all sessions of a store. In several tables under locks
 * of their own, so that only those wait for each other whose chains lie together; and who has no
 * certificate waits for nobody. A shard's lock is taken before, never after.
 */
final class InternedChains {
  /** The number of no certificate at all, which is in no table: most sessions have it. */
  private static final int EMPTY = -1;

  private final List<InternTable> tables = new ArrayList<>();
  private final KeyedHash hash;

  /**
   * @param count of tables, a power of 2
   */
  InternedChains(int count, StorePages pages, KeyedHash hash) {
    this.hash = hash;
    for (int i = 0; i < count; i++) {
      tables.add(new InternTable(pages, hash));
    }
  }

  /** The number of the chain, used once more; NONE if there is no memory for it. */
  int add(byte[] chain) {
    if (chain.length == 0) {
      return EMPTY;
    }
    int index = hash.of(chain) >>> MemorySessionStore.SHARD_SHIFT & tables.size() - 1;
    InternTable table = tables.get(index);
    synchronized (table) {
      int number = table.add(chain);
      return number == InternTable.NONE ? InternTable.NONE : number * tables.size() + index;
    }
  }

  void release(int number) {
    if (number > InternTable.NONE) {
      InternTable table = table(number);
      synchronized (table) {
        table.release(number / tables.size());
      }
    }
  }

  byte[] bytes(int number) {
    if (number == EMPTY) {
      return new byte[0];
    }
    InternTable table = table(number);
    synchronized (table) {
      return table.bytes(number / tables.size());
    }
  }

  /** How many different chains there are. */
  int size() {
    int size = 0;
    for (InternTable table : tables) {
      synchronized (table) {
        size += table.size();
      }
    }
    return size;
  }

  private InternTable table(int number) {
    return tables.get(number % tables.size());
  }
}
