/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A list of records of one size in pages of {@link StorePages}. It grows and shrinks at its end, a
 * page at a time, so it has no holes: who removes a record moves the last one there. Not safe for
 * threads.
 */
final class DenseRecords {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final StorePages pages;
  private final int recordBytes;
  private final int perPage;
  private MemorySegment[] table = {};
  private int size;

  DenseRecords(StorePages pages, int recordBytes) {
    this.pages = pages;
    this.recordBytes = recordBytes;
    this.perPage = pages.pageBytes() / recordBytes;
  }

  int size() {
    return size;
  }

  int perPage() {
    return perPage;
  }

  /** Appends a record of zeros; false if there is no memory for it. */
  boolean grow() {
    int page = size / perPage;
    if (size % perPage == 0) {
      MemorySegment fresh = pages.take();
      if (fresh == null) {
        return false;
      }
      if (page == table.length) {
        table = Arrays.copyOf(table, page + page / 2 + 1);
        Arrays.fill(table, page, table.length, MemorySegment.NULL);
      }
      table[page] = fresh;
    }
    size++;
    return true;
  }

  /** Wipes and removes the last record. */
  void shrink() {
    size--;
    MemorySegment page = page(size);
    page.asSlice(at(size, 0), recordBytes).fill((byte) 0);
    if (size % perPage == 0) {
      table[size / perPage] = MemorySegment.NULL;
      pages.give(page);
    }
  }

  /** Overwrites record {@code to} with record {@code from}. */
  void copy(int from, int to) {
    MemorySegment.copy(page(from), at(from, 0), page(to), at(to, 0), recordBytes);
  }

  int intAt(int record, int field) {
    return page(record).get(INT, at(record, field));
  }

  void setInt(int record, int field, int value) {
    page(record).set(INT, at(record, field), value);
  }

  long longAt(int record, int field) {
    return page(record).get(LONG, at(record, field));
  }

  void setLong(int record, int field, long value) {
    page(record).set(LONG, at(record, field), value);
  }

  void read(int record, int field, byte[] target) {
    MemorySegment.copy(
        page(record), ValueLayout.JAVA_BYTE, at(record, field), target, 0, target.length);
  }

  void write(int record, int field, byte[] source) {
    MemorySegment.copy(
        source, 0, page(record), ValueLayout.JAVA_BYTE, at(record, field), source.length);
  }

  private MemorySegment page(int record) {
    return table[record / perPage];
  }

  private long at(int record, int field) {
    return (long) (record % perPage) * recordBytes + field;
  }
}
