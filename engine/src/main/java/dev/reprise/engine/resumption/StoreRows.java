/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/**
 * Stored sessions, 144 bytes each, of which 80 are ID and secret. What several sessions have in
 * common stands in an {@link InternTable}, here is its number. Rows are numbers from 1 on. Not safe
 * for threads.
 *
 * <pre>
 *   0  ID, 32 bytes, the last ones 0                    104  ticket_age_add
 *  32  secret, 48 bytes, the last ones 0                108  profile
 *  80  created at (48 bits), length of the ID (8),      112  server name
 *      created - authenticated (bits 32-39 of 40)       116  peer certificates
 *  88  session expires at (48), as before (bits 16-31)  120  place in the heap by expiry
 *  96  leaves the store at (48), as before (bits 0-15)  124  older row; 0: none
 *                                                       128  younger row; 0: none
 *                                                       132  next row in its bucket; 0: none
 *                                                       136  lineage
 * </pre>
 */
final class StoreRows {
  static final int NONE = 0;

  private static final int BYTES = 144;
  private static final int SECRET = 32;
  private static final int CREATED = 80;
  private static final int EXPIRES = 88;
  private static final int LEAVES = 96;
  private static final int AGE_ADD = 104;
  private static final int PROFILE = 108;
  private static final int NAME = 112;
  private static final int CHAIN = 116;
  private static final int PLACE = 120;
  private static final int OLDER = 124;
  private static final int YOUNGER = 128;
  private static final int NEXT = 132;
  private static final int LINEAGE = 136;

  private final DenseRecords records;

  StoreRows(StorePages pages) {
    records = new DenseRecords(pages, BYTES);
  }

  /** How many there are, and so the last one's number. */
  int size() {
    return records.size();
  }

  int perPage() {
    return records.perPage();
  }

  boolean grow() {
    return records.grow();
  }

  /** Wipes and removes the last row. */
  void shrink() {
    records.shrink();
  }

  void copy(int from, int to) {
    records.copy(from - 1, to - 1);
  }

  /** Whether the times can be held: until the year 10,889, authentications 17 years back. */
  static boolean fits(Session session) {
    long age = session.createdAtMillis() - session.authenticatedAtMillis();
    return (session.createdAtMillis() | session.expiresAtMillis()) >>> 48 == 0
        && age == age << 24 >> 24;
  }

  void fill(int row, StoreKey key, Session session, byte[] secret, long leavesAtMillis) {
    long age = session.createdAtMillis() - session.authenticatedAtMillis();
    int record = row - 1;
    records.setLong(record, 0, key.first());
    records.setLong(record, 8, key.second());
    records.setLong(record, 16, key.third());
    records.setLong(record, 24, key.fourth());
    records.write(record, SECRET, secret);
    long lengthAndAge = (long) key.length() << 8 | (age >>> 32 & 0xff);
    records.setLong(record, CREATED, session.createdAtMillis() << 16 | lengthAndAge);
    records.setLong(record, EXPIRES, session.expiresAtMillis() << 16 | (age >>> 16 & 0xffff));
    records.setLong(record, LEAVES, leavesAtMillis << 16 | (age & 0xffff));
    records.setInt(record, AGE_ADD, (int) session.ticketAgeAdd());
    records.setLong(record, LINEAGE, session.lineage());
  }

  void setParts(int row, int profile, int name, int chain) {
    records.setInt(row - 1, PROFILE, profile);
    records.setInt(row - 1, NAME, name);
    records.setInt(row - 1, CHAIN, chain);
  }

  StoreKey key(int row) {
    int record = row - 1;
    return new StoreKey(
        records.longAt(record, 0),
        records.longAt(record, 8),
        records.longAt(record, 16),
        records.longAt(record, 24),
        (int) (records.longAt(record, CREATED) >>> 8) & 0xff);
  }

  /** A copy, as long as asked for. */
  byte[] secret(int row, int length) {
    byte[] secret = new byte[length];
    records.read(row - 1, SECRET, secret);
    return secret;
  }

  long createdAtMillis(int row) {
    return records.longAt(row - 1, CREATED) >>> 16;
  }

  long authenticatedAtMillis(int row) {
    long high = records.longAt(row - 1, CREATED) & 0xff;
    long middle = records.longAt(row - 1, EXPIRES) & 0xffff;
    long low = records.longAt(row - 1, LEAVES) & 0xffff;
    return createdAtMillis(row) - ((high << 32 | middle << 16 | low) << 24 >> 24);
  }

  long lineage(int row) {
    return records.longAt(row - 1, LINEAGE);
  }

  long expiresAtMillis(int row) {
    return records.longAt(row - 1, EXPIRES) >>> 16;
  }

  /** From when on it is not given any more. */
  long leavesAtMillis(int row) {
    return records.longAt(row - 1, LEAVES) >>> 16;
  }

  long ticketAgeAdd(int row) {
    return records.intAt(row - 1, AGE_ADD) & 0xffff_ffffL;
  }

  int profile(int row) {
    return records.intAt(row - 1, PROFILE);
  }

  int name(int row) {
    return records.intAt(row - 1, NAME);
  }

  int chain(int row) {
    return records.intAt(row - 1, CHAIN);
  }

  int place(int row) {
    return records.intAt(row - 1, PLACE);
  }

  void setPlace(int row, int place) {
    records.setInt(row - 1, PLACE, place);
  }

  int older(int row) {
    return records.intAt(row - 1, OLDER);
  }

  void setOlder(int row, int older) {
    records.setInt(row - 1, OLDER, older);
  }

  int younger(int row) {
    return records.intAt(row - 1, YOUNGER);
  }

  void setYounger(int row, int younger) {
    records.setInt(row - 1, YOUNGER, younger);
  }

  int next(int row) {
    return records.intAt(row - 1, NEXT);
  }

  void setNext(int row, int next) {
    records.setInt(row - 1, NEXT, next);
  }
}
