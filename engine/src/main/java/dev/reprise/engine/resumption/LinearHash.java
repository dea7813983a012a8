/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/**
 * An index with as many buckets as items, by linear hashing (W. Litwin, 1980): each addition splits
 * one bucket and each removal joins two, so that no operation ever pays for all, and a bucket costs
 * 4 bytes. Items are numbers from 1 on and hold the links of their bucket's chain. Not safe for
 * threads.
 */
final class LinearHash {
  /** What is indexed. */
  interface Items {
    /** Of the same item always the same; its low bits are spread evenly. */
    int hash(int item);

    /** What {@link #chain} has last set. */
    int next(int item);

    void chain(int item, int next);
  }

  private static final int NONE = 0;

  private final DenseRecords buckets;
  private final Items items;

  LinearHash(StorePages pages, Items items) {
    this.buckets = new DenseRecords(pages, Integer.BYTES);
    this.items = items;
  }

  int size() {
    return buckets.size();
  }

  /** The first item whose hash may be this; 0: there is none. {@link Items#next} leads on. */
  int first(int hash) {
    return buckets.size() == 0 ? NONE : head(bucket(hash));
  }

  /** False if there is no memory for a bucket more. */
  boolean add(int item) {
    if (!buckets.grow()) {
      return false;
    }
    split(buckets.size() - 1);
    push(bucket(items.hash(item)), item);
    return true;
  }

  void remove(int item) {
    relink(bucket(items.hash(item)), item, items.next(item));
    join(buckets.size() - 1);
    buckets.shrink();
  }

  /** Item {@code from} is called {@code to} from now on, and has its hash and its next. */
  void rename(int from, int to) {
    relink(bucket(items.hash(to)), from, to);
  }

  // Makes whatever leads to one item lead to another.
  private void relink(int bucket, int item, int to) {
    if (head(bucket) == item) {
      setHead(bucket, to);
      return;
    }
    int before = head(bucket);
    while (items.next(before) != item) {
      before = items.next(before);
    }
    items.chain(before, to);
  }

  // Bucket numbers are the hash's low bits: one bit more for those that were split already.
  private int bucket(int hash) {
    int count = buckets.size();
    int highest = Integer.highestOneBit(count);
    int number = hash & 2 * highest - 1;
    return number < count ? number : number & highest - 1;
  }

  private void split(int added) {
    if (added == 0) {
      return;
    }
    int source = added - Integer.highestOneBit(added);
    int item = head(source);
    setHead(source, NONE);
    while (item != NONE) {
      int next = items.next(item);
      push(bucket(items.hash(item)), item);
      item = next;
    }
  }

  private void join(int last) {
    if (last == 0) {
      return;
    }
    int target = last - Integer.highestOneBit(last);
    int item = head(last);
    while (item != NONE) {
      int next = items.next(item);
      push(target, item);
      item = next;
    }
  }

  private void push(int bucket, int item) {
    items.chain(item, head(bucket));
    setHead(bucket, item);
  }

  private int head(int bucket) {
    return buckets.intAt(bucket, 0);
  }

  private void setHead(int bucket, int item) {
    buckets.setInt(bucket, 0, item);
  }
}
