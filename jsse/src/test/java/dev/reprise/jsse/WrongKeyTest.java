/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and chains that a key manager should not have given. */
class WrongKeyTest {
  private static final PrivateKey RIGHT = Contexts.SERVER.key();
  private static final X509Certificate LEAF = Contexts.SERVER.certificate();

  /** What a key manager gives. */
  @SuppressWarnings({"ImmutableEnumChecker", "NullAway"})
  enum Given {
    NO_KEY(null, LEAF),
    A_KEY_OF_NO_KNOWN_CLASS(new Opaque("EC"), LEAF),
    A_KEY_OF_NO_KNOWN_ALGORITHM(new Opaque("nonsense"), LEAF),
    AN_RSA_KEY_FOR_AN_EC_CERTIFICATE(TestCertificates.server(KeyKind.RSA_2048).key(), LEAF),
    A_KEY_ON_ANOTHER_CURVE(TestCertificates.server(KeyKind.ECDSA_P384).key(), LEAF),
    AN_ED25519_KEY(TestCertificates.server(KeyKind.ED25519).key(), LEAF),
    NO_CHAIN(RIGHT, (X509Certificate[]) null),
    AN_EMPTY_CHAIN(RIGHT),
    A_CHAIN_WITH_NOTHING_IN_IT(RIGHT, LEAF, null);

    private final @Nullable PrivateKey key;
    private final X509Certificate @Nullable [] chain;

    Given(@Nullable PrivateKey key, X509Certificate @Nullable ... chain) {
      this.key = key;
      this.chain = chain;
    }
  }

  static Stream<Arguments> everything() {
    return Stream.of(Given.values())
        .flatMap(given ->
            Stream.of(Contexts.TLS13, Contexts.TLS12)
                .flatMap(version ->
                    Stream.of(Side.values()).map(side -> Arguments.of(given, version, side))));
  }

  private static SSLContext context(@Nullable Given given, Side side) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", new RepriseProvider());
    KeyManager keys = given == null ? Contexts.keyManager(Contexts.SERVER) : new Keys(given, side);
    context.init(new KeyManager[] {keys}, TestCertificates.trustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @MethodSource("everything")
  void endAnEnginesHandshake(Given given, String version, Side side) throws Exception {
    EnginePair pair =
        Contexts.pair(
            context(side == Side.CLIENT ? given : null, Side.CLIENT),
            context(side == Side.SERVER ? given : null, Side.SERVER),
            version);
    pair.server().setNeedClientAuth(side == Side.CLIENT);
    check(given, side, Refusal.of(pair, refusing(given, side)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void endASocketsHandshake(Given given, String version, Side side) throws Exception {
    try (SocketPair pair =
        SocketPair.of(
            context(side == Side.CLIENT ? given : null, Side.CLIENT),
            context(side == Side.SERVER ? given : null, Side.SERVER),
            version)) {
      pair.server().setNeedClientAuth(side == Side.CLIENT);
      check(given, side, Refusal.of(pair, refusing(given, side)));
    }
  }

  /** A client that has nothing to show says so, and the server minds. */
  private static Side refusing(Given given, Side side) {
    if (given == Given.A_KEY_ON_ANOTHER_CURVE) {
      // It signs, and only the peer can tell that another key did.
      return side.other();
    }
    boolean nothing = Set.of(Given.NO_KEY, Given.NO_CHAIN, Given.AN_EMPTY_CHAIN).contains(given);
    return nothing ? Side.SERVER : side;
  }

  private static void check(Given given, Side side, SSLException reason) {
    String text = Observed.message(reason);
    if (refusing(given, side) == side && side == Side.SERVER && given.key == null) {
      assertTrue(text.startsWith("(handshake_failure)"), text);
    }
    assertEquals(false, text.contains("Received fatal alert"), text);
  }

  /** One key, whoever asks. */
  private record Keys(Given given, Side side) implements X509KeyManager {
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {"one"};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return "one";
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[] {"one"};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return "one";
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      if (given.chain == null || side == Side.SERVER) {
        return given.chain;
      }
      return Stream.of(given.chain)
          .map(each -> each == null ? null : Contexts.CLIENT.certificate())
          .toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return side == Side.CLIENT && RIGHT.equals(given.key) ? Contexts.CLIENT.key() : given.key;
    }
  }

  /** A key as a device's might be of which no provider knows. */
  private record Opaque(String algorithm) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }
}
