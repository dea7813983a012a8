/* Reprise. Apache-2.0; see LICENSE. */
/** TLS-Attacker, for what peers must send wrong. */
@NullMarked
package dev.reprise.interop.attacker;

import org.jspecify.annotations.NullMarked;
