/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Signatures;
import dev.reprise.engine.wire.Opaque;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fuzz targets would notice what they are there to notice. */
final class BoundsTest {
  private record Holder(Object bytes, List<Object> more, Object shared) {}

  private record Shared(Object bytes) {}

  @Test
  void countsEveryArrayOnce() {
    byte[] bytes = new byte[100];
    List<Object> more = new ArrayList<>(List.of(bytes, new byte[7], new char[2], new long[1]));
    Holder holder = new Holder(bytes, more, new Shared(new byte[1000]));
    assertEquals(119, Held.bytes(holder, Set.of(Shared.class)));
    assertEquals(1119, Held.bytes(holder, Set.of()));
  }

  @Test
  void objectsToMemoryOutOfProportion() {
    List<byte[]> kept = new ArrayList<>();
    assertTrue(Allocation.bounded(1000, () -> kept.add(new byte[100_000])));
    assertThrows(
        AssertionError.class, () -> Allocation.bounded(1000, () -> kept.add(new byte[1 << 20])));
    assertTrue(kept.size() > 1);
  }

  @Test
  void objectsToWhatTheEngineDidNotForesee() {
    byte[] seed = SeedFiles.read(Target.SERVER, "full-13");
    Work work = new Work();
    CryptoProvider good = BelievingCrypto.create(work);
    CryptoProvider bad =
        new CryptoProvider(
            good.random(), good.digests(), good.aeads(), good.keyExchanges(), new Throwing());
    Input input = new Input(seed);
    Drive drive = new Drive(TlsConnection.server(Setup.server(input.uint8(), bad)), work);
    AssertionError error = assertThrows(AssertionError.class, () -> drive.over(input));
    assertTrue(String.valueOf(error.getMessage()).startsWith("Not foreseen"));
  }

  private static final class Throwing implements Signatures {
    @Override
    public Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) {
      throw new IllegalStateException("unforeseen");
    }

    @Override
    public void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature) {}
  }
}
