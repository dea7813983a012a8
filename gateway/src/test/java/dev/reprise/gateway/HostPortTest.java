/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8443, 127.0.0.1, 8443",
    "localhost:0, localhost, 0",
    "my-host.example:65535, my-host.example, 65535",
    "[::1]:443, ::1, 443",
    "[fe80::1%eth0]:1, fe80::1%eth0, 1"
  })
  void readsAndWritesAddresses(String text, String host, int port) throws Exception {
    HostPort address = HostPort.parse(text);
    assertEquals(new HostPort(host, port), address);
    assertEquals(text, address.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8443",
        ":8443",
        "localhost",
        "localhost:",
        "localhost:x",
        "localhost:-1",
        "localhost:65536",
        "localhost:99999999",
        "::1:8443",
        "[::1]",
        "[]:1",
        "a b:1",
        "http://localhost:1",
        "localhost:1/"
      })
  void refusesAllElse(String text) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> HostPort.parse(text));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("'" + text + "'"), refused.toString());
  }

  @Test
  void saysThatAHostIsNotKnown() throws Exception {
    HostPort address = HostPort.parse("nobody.invalid:80");
    assertEquals(
        "nobody.invalid:80 names a host that is not known; write an address of this machine",
        assertThrows(ConfigurationException.class, address::resolveFirst).getMessage());
  }
}
