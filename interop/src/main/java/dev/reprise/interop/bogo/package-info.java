/* Reprise. Apache-2.0; see LICENSE. */
/**
 * A shim for the test runner of BoringSSL: a program that takes the runner's flags, connects back
 * to it, and plays one side of TLS on Reprise's engine, so that the runner can play the other side
 * wrongly and look at what comes back. The runner itself is not part of Reprise.
 */
@NullMarked
package dev.reprise.interop.bogo;

import org.jspecify.annotations.NullMarked;
