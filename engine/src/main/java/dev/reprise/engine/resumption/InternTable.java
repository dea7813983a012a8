/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.util.Arrays;

/**
 * What many sessions have in common, kept once for all of them and for as long as one of them is
 * there: runs of bytes with numbers from 1 on. Each is a chain of cells; the first one begins with
 * how many sessions have it, its length, and the next one in its bucket. Not safe for threads.
 */
final class InternTable implements LinearHash.Items {
  /** No run of bytes. */
  static final int NONE = 0;

  private static final int USES = 0;
  private static final int LENGTH = 4;
  private static final int CHAIN = 8;
  private static final int HEAD = 12;

  private final Cells cells;
  private final LinearHash index;
  private final KeyedHash hash;

  InternTable(StorePages pages, KeyedHash hash) {
    this.cells = new Cells(pages);
    this.index = new LinearHash(pages, this);
    this.hash = hash;
  }

  /** How many different runs there are. */
  int size() {
    return index.size();
  }

  /** What {@code length} bytes take in memory. */
  static long memoryFor(int length) {
    return Cells.bytes(cellsFor(length));
  }

  /** The number of {@code bytes}, used once more; NONE if there is no memory for it. */
  int add(byte[] bytes) {
    int known = find(bytes);
    if (known != NONE) {
      cells.setInt(known, USES, cells.intAt(known, USES) + 1);
      return known;
    }
    if (!cells.reserve(cellsFor(bytes.length))) {
      return NONE;
    }
    int added = write(bytes);
    if (!index.add(added)) {
      erase(added);
      return NONE;
    }
    return added;
  }

  /** Used once less; erased if that was the last use. Nothing for NONE. */
  void release(int number) {
    if (number == NONE) {
      return;
    }
    int uses = cells.intAt(number, USES) - 1;
    cells.setInt(number, USES, uses);
    if (uses == 0) {
      index.remove(number);
      erase(number);
    }
  }

  /** A copy of the bytes of that number. */
  byte[] bytes(int number) {
    byte[] bytes = new byte[cells.intAt(number, LENGTH)];
    int done = Math.min(bytes.length, Cells.PAYLOAD - HEAD);
    cells.read(number, HEAD, bytes, 0, done);
    int cell = number;
    while (done < bytes.length) {
      cell = cells.next(cell);
      int part = Math.min(bytes.length - done, Cells.PAYLOAD);
      cells.read(cell, 0, bytes, done, part);
      done += part;
    }
    return bytes;
  }

  @Override
  public int hash(int item) {
    return hash.of(bytes(item));
  }

  @Override
  public int next(int item) {
    return cells.intAt(item, CHAIN);
  }

  @Override
  public void chain(int item, int next) {
    cells.setInt(item, CHAIN, next);
  }

  private int find(byte[] bytes) {
    int item = index.first(hash.of(bytes));
    while (item != NONE && !holds(item, bytes)) {
      item = next(item);
    }
    return item;
  }

  private boolean holds(int item, byte[] bytes) {
    return cells.intAt(item, LENGTH) == bytes.length && Arrays.equals(bytes(item), bytes);
  }

  private int write(byte[] bytes) {
    int first = cells.take();
    cells.setInt(first, USES, 1);
    cells.setInt(first, LENGTH, bytes.length);
    int done = Math.min(bytes.length, Cells.PAYLOAD - HEAD);
    cells.write(first, HEAD, bytes, 0, done);
    int cell = first;
    while (done < bytes.length) {
      int further = cells.take();
      cells.setNext(cell, further);
      cell = further;
      int part = Math.min(bytes.length - done, Cells.PAYLOAD);
      cells.write(cell, 0, bytes, done, part);
      done += part;
    }
    return first;
  }

  private void erase(int number) {
    int cell = number;
    while (cell != NONE) {
      int next = cells.next(cell);
      cells.give(cell);
      cell = next;
    }
  }

  private static int cellsFor(int length) {
    return 1 + Math.max(0, length - (Cells.PAYLOAD - HEAD) + Cells.PAYLOAD - 1) / Cells.PAYLOAD;
  }
}
