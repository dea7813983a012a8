/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** A binary heap of rows, the one that leaves first on top. Not safe for threads. */
final class ExpiryHeap {
  private final DenseRecords heap;
  private final StoreRows rows;

  ExpiryHeap(StorePages pages, StoreRows rows) {
    this.heap = new DenseRecords(pages, Integer.BYTES);
    this.rows = rows;
  }

  int first() {
    return heap.size() == 0 ? StoreRows.NONE : at(0);
  }

  /** False if there is no memory for it. */
  boolean add(int row) {
    if (!heap.grow()) {
      return false;
    }
    up(heap.size() - 1, row);
    return true;
  }

  void remove(int row) {
    int hole = rows.place(row);
    int last = at(heap.size() - 1);
    heap.shrink();
    if (last != row) {
      up(down(hole, last), last);
    }
  }

  /** A row has got another number, and still has its place. */
  void rename(int to) {
    heap.setInt(rows.place(to), 0, to);
  }

  // Moves the hole towards the root until the row fits, and puts it there.
  private void up(int hole, int row) {
    long leaves = rows.leavesAtMillis(row);
    int at = hole;
    while (at > 0 && rows.leavesAtMillis(at((at - 1) / 2)) > leaves) {
      put(at, at((at - 1) / 2));
      at = (at - 1) / 2;
    }
    put(at, row);
  }

  // Moves the hole towards the leaves until the row fits, and says where that is.
  private int down(int hole, int row) {
    long leaves = rows.leavesAtMillis(row);
    int at = hole;
    while (2 * at + 1 < heap.size()) {
      int child = earlierChild(at);
      if (leaves <= rows.leavesAtMillis(at(child))) {
        break;
      }
      put(at, at(child));
      at = child;
    }
    return at;
  }

  private int earlierChild(int at) {
    int left = 2 * at + 1;
    int right = left + 1;
    return right < heap.size() && rows.leavesAtMillis(at(right)) < rows.leavesAtMillis(at(left))
        ? right
        : left;
  }

  private void put(int place, int row) {
    heap.setInt(place, 0, row);
    rows.setPlace(row, place);
  }

  private int at(int place) {
    return heap.intAt(place, 0);
  }
}
