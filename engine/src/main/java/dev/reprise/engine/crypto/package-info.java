/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Suites, AEADs, hashes, HKDF, the TLS 1.2 PRF, key exchange groups, signature schemes and {@link
 * dev.reprise.engine.crypto.Secret}. No primitive is written here: all come from JCA providers, and
 * a {@link dev.reprise.engine.crypto.CryptoProvider} is the record that says from which. Whatever
 * may reach a provider declares {@code TlsException}, since a provider that fails is {@code
 * internal_error} and must not be forgettable.
 */
@NullMarked
package dev.reprise.engine.crypto;

import org.jspecify.annotations.NullMarked;
