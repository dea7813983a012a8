/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exporter of TLS 1.2: RFC 5705, Section 4. Only for sessions with an extended main secret: RFC
 * 7627, Section 5.4 forbids it to the others.
 */
public final class Exporter12 implements Exporter {
  /** RFC 5705, Section 4: labels of TLS itself, which would give its own values away. */
  private static final Set<String> RESERVED =
      Set.of(
          Tls12Secrets.CLIENT_FINISHED,
          Tls12Secrets.SERVER_FINISHED,
          Tls12Secrets.MAIN_SECRET,
          Tls12Secrets.EXTENDED_MAIN_SECRET,
          Tls12Secrets.KEY_EXPANSION);

  private final Tls12Prf prf;
  private final Secret mainSecret;
  private final Opaque clientRandom;
  private final Opaque serverRandom;

  private Exporter12(Tls12Prf prf, Secret mainSecret, Opaque clientRandom, Opaque serverRandom) {
    this.prf = prf;
    this.mainSecret = mainSecret;
    this.clientRandom = clientRandom;
    this.serverRandom = serverRandom;
  }

  /** An exporter with its own copy of the extended main secret: the session has its own life. */
  public static Exporter12 of(
      Tls12Prf prf, Secret extendedMainSecret, Opaque clientRandom, Opaque serverRandom)
      throws TlsException {
    ZeroSecret.refuse(extendedMainSecret, "main secret");
    return new Exporter12(prf, extendedMainSecret.copy(), clientRandom, serverRandom);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the label is one of TLS's own
   */
  @Override
  public byte[] export(String label, byte @Nullable [] context, int length) throws TlsException {
    ExporterArguments.check(label, context, length);
    if (RESERVED.contains(label)) {
      throw new IllegalArgumentException("TLS itself uses the label " + label);
    }
    return derive(label, context, length);
  }

  /** For any label. */
  byte[] derive(String label, byte @Nullable [] context, int length) throws TlsException {
    // The main secret, the application's label; no transcript but both randoms and the context.
    // RFC 5705, Section 4.
    return prf.expand(mainSecret, label, seed(context), length);
  }

  /** RFC 5705, Section 4: no context and an empty one (which has a length) are different. */
  private byte[] seed(byte @Nullable [] context) {
    TlsWriter seed = new TlsWriter(66 + (context == null ? 0 : context.length));
    seed.opaque(clientRandom).opaque(serverRandom);
    if (context != null) {
      seed.uint16(context.length).bytes(context);
    }
    return seed.toArray();
  }

  @Override
  public void close() {
    mainSecret.close();
    prf.forget();
  }
}
