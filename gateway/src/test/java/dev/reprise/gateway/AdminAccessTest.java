/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and whose file holds the token. */
class AdminAccessTest {
  private static final AdminAccess LOCAL =
      new AdminAccess(new HostPort("Gateway.example", 9443), false, null);

  @TempDir private Path directory;

  private static HttpQuestion asked(@Nullable String host) {
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    if (host != null) {
      headers.set("Host", host);
    }
    return new HttpQuestion(HttpMethod.GET, "/metrics", headers, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9443",
        "127.0.0.1",
        "localhost:1",
        "LOCALHOST",
        "[::1]:9443",
        "[::1]",
        "gateway.example:9443"
      })
  void letsThoseInWhoAskForThisMachine(String host) {
    assertNull(LOCAL.refuses(asked(host)));
  }

  /** A page of such a name may have it lead here: DNS rebinding. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:9443",
        "localhost.evil.example",
        "127.0.0.1.evil.example:9443",
        "::1",
        "[evil.example]"
      })
  void turnsThoseAwayWhoAskForAnotherName(String host) {
    Answer refusal = assertRefused(LOCAL.refuses(asked(host)));
    assertEquals(421, refusal.status().code());
  }

  @Test
  void takesWhoNamesNothingForNoBrowser() {
    assertNull(LOCAL.refuses(asked(null)));
  }

  @Test
  void cannotKnowTheNamesThatOthersHaveForAnOpenListener() {
    AdminAccess open = new AdminAccess(new HostPort("0.0.0.0", 9443), true, null);
    assertNull(open.refuses(asked("gateway-7.example:9443")));
  }

  @Test
  void listensForOtherMachinesIfItIsAllowedTo() throws Exception {
    GatewayConfig.Builder config =
        Peers.config()
            .admin(new HostPort("0.0.0.0", 0))
            .adminSettings(new AdminSettings(true, null));
    try (Gateway gateway = Peers.start(config)) {
      assertEquals(200, HttpReader.get(gateway.adminAddress(), "/healthz").status());
    }
  }

  @Test
  void readsATokenOfOneLine() throws Exception {
    AdminToken token = AdminToken.read(file("  0123456789abcDEF-._~+/==\r\n", "rw-r-----"), false);
    assertTrue(token.is("0123456789abcDEF-._~+/=="));
    assertEquals(false, token.is("0123456789abcDEF-._~+/="));
    assertEquals(false, token.is(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123456789abcde", "0123456789abcdef 0123456789abcdef", "0123456789abcdéf"})
  void refusesWhatIsNoToken(String text) throws Exception {
    Path path = file(text, "rw-------");
    assertEquals(
        path
            + " holds no token, which is one line of 16 to 1024 letters, digits and -._~+/; write"
            + " one with `openssl rand -hex 32`",
        assertThrows(ConfigurationException.class, () -> AdminToken.read(path, false))
            .getMessage());
  }

  @Test
  void refusesATokenThatEveryUserMayRead() throws Exception {
    Path path = file("0123456789abcdef", "rw-r--r--");
    assertEquals(
        path
            + " may be read by every user (rw-r--r--); say `chmod 600 "
            + path
            + "`, or allow it with --allow-insecure-permissions",
        assertThrows(ConfigurationException.class, () -> AdminToken.read(path, false))
            .getMessage());
    assertTrue(AdminToken.read(path, true).is("0123456789abcdef"));
  }

  private static Answer assertRefused(@Nullable Answer answer) {
    assertNotNull(answer);
    return java.util.Objects.requireNonNull(answer);
  }

  private Path file(String text, String mode) throws Exception {
    Path path = Files.writeString(directory.resolve("token"), text);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
