/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Pieces of memory of one size, numbered from 1 on, each with the number of another. Things of any
 * length are chains of them, so whatever becomes free fits whatever comes next. A page whose cells
 * are all free goes back. Not safe for threads.
 */
final class Cells {
  static final int NONE = 0;

  /**
   * What a cell holds: with the number of the next one, a name of 20 bytes and its head fit one.
   */
  static final int PAYLOAD = 32;

  private static final int NEXT_BYTES = 4;
  private static final int BYTES = NEXT_BYTES + PAYLOAD;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final StorePages pages;
  private final int perPage;
  private final BitSet present = new BitSet();
  private final BitSet withRoom = new BitSet();
  private MemorySegment[] table = {};
  private int[] firstFree = {};
  private int[] used = {};
  private int free;

  Cells(StorePages pages) {
    this.pages = pages;
    this.perPage = pages.pageBytes() / BYTES;
  }

  /** What so many cells take in memory. */
  static long bytes(long cells) {
    return cells * BYTES;
  }

  /** Sees to it that so many can be taken; false if there is no memory for them. */
  boolean reserve(int count) {
    while (free < count) {
      MemorySegment page = pages.take();
      if (page == null) {
        return false;
      }
      add(page);
    }
    return true;
  }

  /** One that is free, of zeros, after {@link #reserve}. */
  int take() {
    int page = withRoom.nextSetBit(0);
    int cell = firstFree[page];
    firstFree[page] = next(cell);
    if (++used[page] == perPage) {
      withRoom.clear(page);
    }
    free--;
    setNext(cell, NONE);
    return cell;
  }

  /** Wipes it. */
  void give(int cell) {
    int page = (cell - 1) / perPage;
    MemorySegment memory = table[page];
    memory.asSlice(at(cell), BYTES).fill((byte) 0);
    setNext(cell, firstFree[page]);
    firstFree[page] = cell;
    withRoom.set(page);
    free++;
    if (--used[page] == 0) {
      remove(page);
    }
  }

  int next(int cell) {
    return memory(cell).get(INT, at(cell));
  }

  void setNext(int cell, int next) {
    memory(cell).set(INT, at(cell), next);
  }

  int intAt(int cell, int field) {
    return memory(cell).get(INT, at(cell) + NEXT_BYTES + field);
  }

  void setInt(int cell, int field, int value) {
    memory(cell).set(INT, at(cell) + NEXT_BYTES + field, value);
  }

  void read(int cell, int field, byte[] target, int offset, int length) {
    long from = at(cell) + NEXT_BYTES + field;
    MemorySegment.copy(memory(cell), ValueLayout.JAVA_BYTE, from, target, offset, length);
  }

  void write(int cell, int field, byte[] source, int offset, int length) {
    long to = at(cell) + NEXT_BYTES + field;
    MemorySegment.copy(source, offset, memory(cell), ValueLayout.JAVA_BYTE, to, length);
  }

  private void add(MemorySegment page) {
    int index = present.nextClearBit(0);
    if (index == table.length) {
      enlarge(index + index / 2 + 1);
    }
    present.set(index);
    withRoom.set(index);
    table[index] = page;
    used[index] = 0;
    free += perPage;
    int first = index * perPage + 1;
    firstFree[index] = first;
    for (int cell = first; cell < first + perPage - 1; cell++) {
      setNext(cell, cell + 1);
    }
  }

  private void remove(int index) {
    MemorySegment page = table[index];
    page.fill((byte) 0);
    pages.give(page);
    table[index] = MemorySegment.NULL;
    present.clear(index);
    withRoom.clear(index);
    free -= perPage;
  }

  private void enlarge(int length) {
    int before = table.length;
    table = Arrays.copyOf(table, length);
    Arrays.fill(table, before, length, MemorySegment.NULL);
    firstFree = Arrays.copyOf(firstFree, length);
    used = Arrays.copyOf(used, length);
  }

  private MemorySegment memory(int cell) {
    return table[(cell - 1) / perPage];
  }

  private long at(int cell) {
    return (long) ((cell - 1) % perPage) * BYTES;
  }
}
