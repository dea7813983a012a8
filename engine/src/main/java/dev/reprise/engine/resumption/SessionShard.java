/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.ProtocolVersion;

/**
 * A part of {@link MemorySessionStore} under a lock of its own: rows without holes, an index by ID,
 * a heap by expiry and a list by age, each of which costs an addition and a removal but a few
 * steps.
 */
final class SessionShard implements LinearHash.Items {
  /** Rows that an operation wipes for others: more than it adds, so that nothing piles up. */
  private static final int SWEPT_IN_PASSING = 4;

  private final StorePages pages;
  private final StoreRows rows;
  private final LinearHash index;
  private final ExpiryHeap byExpiry;
  private final InternTable common;
  private final InternedChains chains;
  private final KeyedHash hash;
  private int oldest;
  private int youngest;
  private long evictions;
  private boolean closed;

  SessionShard(StorePages pages, InternedChains chains, KeyedHash hash) {
    this.pages = pages;
    this.rows = new StoreRows(pages);
    this.index = new LinearHash(pages, this);
    this.byExpiry = new ExpiryHeap(pages, rows);
    this.common = new InternTable(pages, hash);
    this.chains = chains;
    this.hash = hash;
  }

  /** False if it does not fit, even with all of this shard's memory. */
  synchronized boolean put(StoreKey key, Session session, long leavesAtMillis, long now) {
    removeAny(key);
    sweep(now, SWEPT_IN_PASSING);
    StoreParts parts = new StoreParts(session);
    if (closed || session.secret().isClosed() || !pages.canHold(parts.bytes())) {
      return false;
    }
    // Asked for here, where its refusal leaves no row half made.
    byte[] secret = session.secret().reveal();
    // One large session may need the pages of many small ones.
    long attempts = rows.perPage() * (4 + parts.bytes() / pages.pageBytes());
    while (!insert(key, session, secret, leavesAtMillis, parts)) {
      if (rows.size() == 0 || attempts-- == 0) {
        return false;
      }
      makeRoom(now);
    }
    return true;
  }

  /**
   * Under the lock from beginning to end: a row that is taken meanwhile would be read half wiped.
   */
  synchronized Lookup read(
      StoreKey key, long now, ProtocolVersion version, ResumptionScope scope, boolean take) {
    sweep(now, SWEPT_IN_PASSING);
    int row = find(key);
    if (row == StoreRows.NONE || !lives(row, now)) {
      return new Lookup.NotInStore();
    }
    StoreParts.Profile profile = StoreParts.Profile.decode(common.bytes(rows.profile(row)));
    MissReason mismatch = profile.header().mismatch(version, scope);
    if (mismatch != null) {
      return new Lookup.Mismatched(mismatch);
    }
    Session session = session(row, version, profile);
    if (take) {
      drop(row);
    }
    return new Lookup.Found(session);
  }

  /** Whether there was one that had not expired. */
  synchronized boolean remove(StoreKey key, long now) {
    int row = find(key);
    if (row == StoreRows.NONE || !lives(row, now)) {
      return false;
    }
    drop(row);
    return true;
  }

  /** Wipes what has expired, at most so many; whether there may be more. */
  synchronized boolean sweep(long now, int most) {
    for (int i = 0; i < most; i++) {
      int first = byExpiry.first();
      if (first == StoreRows.NONE || rows.leavesAtMillis(first) > now) {
        return false;
      }
      drop(first);
    }
    return true;
  }

  /** Takes no more, and is empty once all is swept. */
  synchronized void close() {
    closed = true;
  }

  synchronized int size() {
    return rows.size();
  }

  synchronized long evictions() {
    return evictions;
  }

  @Override
  public int hash(int item) {
    return hash.of(rows.key(item));
  }

  @Override
  public int next(int item) {
    return rows.next(item);
  }

  @Override
  public void chain(int item, int next) {
    rows.setNext(item, next);
  }

  private int find(StoreKey key) {
    int row = index.first(hash.of(key));
    while (row != StoreRows.NONE && !rows.key(row).same(key)) {
      row = rows.next(row);
    }
    return row;
  }

  private void removeAny(StoreKey key) {
    int row = find(key);
    if (row != StoreRows.NONE) {
      drop(row);
    }
  }

  /** Wipes it if it does not. */
  private boolean lives(int row, long now) {
    boolean lives = now < rows.leavesAtMillis(row);
    if (!lives) {
      drop(row);
    }
    return lives;
  }

  private void makeRoom(long now) {
    int first = byExpiry.first();
    if (rows.leavesAtMillis(first) <= now) {
      drop(first);
      return;
    }
    drop(oldest);
    evictions++;
  }

  /** All or nothing. */
  private boolean insert(
      StoreKey key, Session session, byte[] secret, long leavesAtMillis, StoreParts parts) {
    if (!rows.grow()) {
      return false;
    }
    int row = rows.size();
    rows.fill(row, key, session, secret, leavesAtMillis);
    if (!byExpiry.add(row)) {
      rows.shrink();
      return false;
    }
    if (!index.add(row)) {
      byExpiry.remove(row);
      rows.shrink();
      return false;
    }
    link(row);
    if (!addParts(row, parts)) {
      drop(row);
      return false;
    }
    return true;
  }

  // What is added is in the row at once, so that dropping the row undoes it.
  private boolean addParts(int row, StoreParts parts) {
    int profile = common.add(parts.profile());
    rows.setParts(row, profile, InternTable.NONE, InternTable.NONE);
    int name = profile == InternTable.NONE ? InternTable.NONE : common.add(parts.name());
    rows.setParts(row, profile, name, InternTable.NONE);
    int chain = name == InternTable.NONE ? InternTable.NONE : chains.add(parts.chain());
    rows.setParts(row, profile, name, chain);
    return chain != InternTable.NONE;
  }

  private void drop(int row) {
    index.remove(row);
    byExpiry.remove(row);
    unlink(row);
    common.release(rows.profile(row));
    common.release(rows.name(row));
    chains.release(rows.chain(row));
    int last = rows.size();
    if (row != last) {
      move(last, row);
    }
    rows.shrink();
  }

  private void move(int from, int to) {
    rows.copy(from, to);
    index.rename(from, to);
    byExpiry.rename(to);
    setYounger(rows.older(to), to);
    setOlder(rows.younger(to), to);
  }

  private void link(int row) {
    rows.setOlder(row, youngest);
    setYounger(youngest, row);
    youngest = row;
  }

  private void unlink(int row) {
    setYounger(rows.older(row), rows.younger(row));
    setOlder(rows.younger(row), rows.older(row));
  }

  // The list's ends are the neighbours of nobody.
  private void setYounger(int row, int neighbour) {
    if (row == StoreRows.NONE) {
      oldest = neighbour;
    } else {
      rows.setYounger(row, neighbour);
    }
  }

  private void setOlder(int row, int neighbour) {
    if (row == StoreRows.NONE) {
      youngest = neighbour;
    } else {
      rows.setOlder(row, neighbour);
    }
  }

  private Session session(int row, ProtocolVersion version, StoreParts.Profile profile) {
    return new Session(
        version,
        profile.suite(),
        Secret.takeOver(rows.secret(row, Session.secretLength(profile.suite()))),
        profile.extendedMasterSecret(),
        rows.createdAtMillis(row),
        rows.authenticatedAtMillis(row),
        rows.lineage(row),
        rows.expiresAtMillis(row),
        rows.ticketAgeAdd(row),
        profile.header().scope(),
        StoreParts.name(common.bytes(rows.name(row))),
        profile.applicationProtocol(),
        StoreParts.chain(chains.bytes(rows.chain(row))));
  }
}
