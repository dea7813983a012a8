/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever either side takes its cryptography from, they understand each other. */
final class CryptoProvidersTest {
  private static final List<String> GROUPS =
      List.of("x25519", "secp256r1", "secp384r1", "X25519MLKEM768");

  static Stream<Arguments> versionsGroupsAndKeys() {
    return Stream.of(Contexts.TLS13, Contexts.TLS12)
        .flatMap(version ->
            GROUPS.stream()
                .filter(group -> version.equals(Contexts.TLS13) || !group.contains("MLKEM"))
                .flatMap(group ->
                    Stream.of(KeyKind.ECDSA_P256, KeyKind.RSA_2048)
                        .map(kind -> Arguments.of(version, group, kind))));
  }

  @ParameterizedTest
  @MethodSource("versionsGroupsAndKeys")
  void mixWithEachOther(String version, String group, KeyKind kind) throws Exception {
    for (JcaProviders clients : choices()) {
      SSLContext client = Contexts.ourClient().cryptoProviders(clients).groups(both(group)).build();
      for (JcaProviders servers : choices()) {
        SSLContext server =
            Contexts.ourServer(TestCertificates.server(kind))
                .cryptoProviders(servers)
                .groups(both(group))
                .build();
        EnginePair first = Contexts.pair(client, server, version).handshake().settle();
        assertEquals(group, ((RepriseSession) first.client().getSession()).keyExchangeGroup());
        EnginePair second = Contexts.pair(client, server, version).handshake();
        assertInstanceOf(
            ResumptionOutcome.Resumed.class, Reprise.outcome(second.client().getSession()));
      }
    }
  }

  @Test
  void thatHaveNothingEndTheConnectionAndNothingElse() {
    Provider empty =
        new Provider("Empty", "1", "Has nothing") {
          private static final long serialVersionUID = 1L;
        };
    JcaProviders nothing =
        new JcaProviders(empty, empty, empty, empty, empty, empty, empty, empty, empty, empty);
    SSLContext client = Contexts.ourClient().cryptoProviders(nothing).build();
    EnginePair pair =
        Contexts.pair(client, Contexts.ourServer(Contexts.SERVER).build(), Contexts.TLS13);
    assertThrows(SSLException.class, pair::handshake);
  }

  private static List<JcaProviders> choices() {
    return List.of(JcaProviders.jdk(), ProviderChoice.fastest(new SecureRandom()).providers());
  }

  /** The certificate's curve has to be among them in TLS 1.2: RFC 8422, Section 5.1.1. */
  private static List<String> both(String group) {
    return group.equals("secp256r1") ? List.of(group) : List.of(group, "secp256r1");
  }
}
