/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.Provider;

/**
 * Which JCA provider each primitive is taken from. All parts of one primitive (key factory,
 * generator, agreement) come from one provider, and none needs to be registered with the JDK:
 * registering some of them changes what every other user of JCA in the process gets.
 */
public record JcaProviders(
    Provider digest,
    Provider hmac,
    Provider aesGcm,
    Provider chaCha20Poly1305,
    Provider x25519,
    Provider ellipticCurve,
    Provider mlKem,
    Provider ecdsa,
    Provider ed25519,
    Provider rsa) {}
