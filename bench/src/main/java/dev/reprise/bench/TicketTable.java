/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;

/** A line for each thing that is done with a ticket. */
final class TicketTable {
  private static final Cell SEAL = Cell.ticket("sealTicket");
  private static final Cell OPEN = Cell.ticket("openTicket");
  private static final Cell UNKNOWN_NAME = Cell.ticket("openUnknownName");
  private static final Cell BAD_TAG = Cell.ticket("openBadTag");

  static final List<Cell> CELLS = List.of(SEAL, OPEN, UNKNOWN_NAME, BAD_TAG);

  private TicketTable() {}

  static String of(Measurements measured) {
    Markdown text = new Markdown("ticket", "ns", "bytes allocated");
    line(text, "seal", measured, SEAL);
    line(text, "open", measured, OPEN);
    line(text, "open junk: unknown key name", measured, UNKNOWN_NAME);
    line(text, "open junk: live key name, bad tag", measured, BAD_TAG);
    return text.toString();
  }

  private static void line(Markdown text, String title, Measurements measured, Cell cell) {
    text.line(
        title,
        Markdown.number(measured.score(cell)),
        Markdown.number(measured.counter(cell, "gc.alloc.rate.norm")));
  }
}
