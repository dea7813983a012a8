/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

/**
 * How a node stands at one moment.
 *
 * @param address where its clients come in; empty: nowhere yet
 * @param admin where it is asked
 * @param state in a word
 * @param open connections that the balancer has led here
 */
public record NodeView(
    String name, String address, String admin, String state, int open, NodeCounts counts) {}
