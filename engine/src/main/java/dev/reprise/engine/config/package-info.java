/* Reprise. Apache-2.0; see LICENSE. */
/**
 * What a connection is given to work with: immutable configurations of both sides, the questions
 * they answer (which certificate, whom to trust), and every default in one file.
 */
@NullMarked
package dev.reprise.engine.config;

import org.jspecify.annotations.NullMarked;
