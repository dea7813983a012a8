/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

/**
 * A test's claim to show a rule.
 *
 * @param test class and method, as {@code "TicketSealerTest.opensWhatItSealed"}
 * @param refuses whether it shows what is forbidden, not what is asked for
 * @param runs whether a test engine runs it
 */
record Citation(String id, String test, boolean refuses, boolean runs) {}
