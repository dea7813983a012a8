/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit code 2, and one sentence on standard error that names the flag or file and the mend. */
class WrongUsageTest {
  private static final String SEE_SERVE = " (see `reprise serve --help`).";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --foo | There is no flag --foo
          --lisen 127.0.0.1:0 | There is no flag --lisen; perhaps --listen was meant
          extra | Nothing is known about extra
          --listen | Missing required parameter for option '--listen' (HOST:PORT)
          --listen nowhere | Invalid value for option '--listen': 'nowhere' is not HOST:PORT; write for example 127.0.0.1:8443 or [::1]:8443
          --listen 127.0.0.1:65536 | Invalid value for option '--listen': '127.0.0.1:65536' names port 65536, but ports end at 65535
          --backend 80 | Invalid value for option '--backend': '80' is not HOST:PORT; write for example 127.0.0.1:8443 or [::1]:8443
          --admin x | Invalid value for option '--admin': 'x' is not HOST:PORT; write for example 127.0.0.1:8443 or [::1]:8443
          --admin 127.0.0.1:1 --admin 127.0.0.1:2 | option '--admin' (HOST:PORT) should be specified only once
          --protocols TLSv1.1 | Invalid value for option '--protocols' (LIST): 'TLSv1.1' is not spoken; write TLSv1.3, TLSv1.2 or both with a comma between
          --provider OpenSSL | Invalid value for option '--provider': 'OpenSSL' is none of Reprise and SunJSSE
          --client-auth NEED | Invalid value for option '--client-auth': 'NEED' is none of none, want and need
          --store-bytes 64x | Invalid value for option '--store-bytes': '64x' is no size; write a whole number of bytes, or one and k, m or g, as in 64m
          --store-bytes 99999999999g | Invalid value for option '--store-bytes': '99999999999g' is more than there can be
          --rotate-every 6 | Invalid value for option '--rotate-every': '6' is no duration; write a whole number and ms, s, m, h or d, as in 6h
          --ticket-lifetime -1h | Invalid value for option '--ticket-lifetime': '-1h' is no duration; write a whole number and ms, s, m, h or d, as in 6h
          --drain 1.5s | Invalid value for option '--drain': '1.5s' is no duration; write a whole number and ms, s, m, h or d, as in 6h
          """)
  void refusesWhatCannotBeRead(String flags, String sentence) {
    refused(sentence + SEE_SERVE, flags.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --admin 0.0.0.0:0 | --admin 0.0.0.0:0 can be reached from other machines; give it an address of this machine alone, such as 127.0.0.1:9443, or allow it with --allow-remote-admin
          --admin-token-file /no/token | --admin-token-file: /no/token does not exist; check the path
          --admin-token-file /usr | --admin-token-file: /usr is a directory; name the token file in it
          --listen nobody.invalid:80 | --listen nobody.invalid:80 names a host that is not known; write an address of this machine
          --admin nobody.invalid:80 | --admin nobody.invalid:80 names a host that is not known; write an address of this machine
          --backend 127.0.0.1:0 | --backend 127.0.0.1:0 names no port; give it the backend's
          --key key.pem | There are 0 --cert and 1 --key; give one --key for each --cert
          --cert a.pem --cert b.pem --key a.pem | There are 2 --cert and 1 --key; give one --key for each --cert
          --cert /no/such.pem --key /no/key.pem | /no/key.pem does not exist; check the path
          --client-auth need | --client-auth need needs --client-ca, a PEM file of the authorities that clients' certificates come from
          --client-auth want | --client-auth want needs --client-ca, a PEM file of the authorities that clients' certificates come from
          --client-ca ca.pem | --client-ca has no effect without --client-auth; add --client-auth want or need
          --client-auth need --client-ca /no/ca.pem | /no/ca.pem does not exist; check the path
          --store http://u:secret@h | --store is no URL of Redis; write redis://HOST:PORT, rediss:// for TLS, redis-sentinel:// or redis-cluster://, or write memory
          --store redis://u:secret@h:1 | --store redis://h:1 needs --fleet-key FILE, by which the nodes know each other; make the file with `./reprise keys fleet --out FILE` and give all nodes a copy
          --store redis://u:secret@h:1 --fleet-key f --ticket-keys auto | --ticket-keys auto does not go with --store redis://h:1, since nodes could not read each other's sessions; write --ticket-keys shared, or name files that all nodes have
          --store redis://h:1 --fleet-key f --store-bytes 1m | --store-bytes has no effect with --store redis://h:1, whose memory is Redis's; leave it out, and bound Redis with its maxmemory
          --store redis://h:1 --fleet-key f --fleet-name a:b | --fleet-name takes 1 to 64 letters, digits, dots, hyphens and underscores
          --store redis://h:1 --fleet-key f --store-deadline 6s | --store-deadline is out of range; give it 1ms to 5s
          --store redis://h:1 --fleet-key /no/key | --fleet-key: /no/key does not exist; check the path
          --ticket-keys shared | --ticket-keys shared needs a Redis by which the nodes share them; add --store redis://HOST:PORT and --fleet-key FILE
          --fleet-key f | --fleet-key has no effect with --store memory; name the fleet's Redis with --store redis://HOST:PORT, or leave it out
          --store memory --store-deadline 5ms | --store-deadline has no effect with --store memory; name the fleet's Redis with --store redis://HOST:PORT, or leave it out
          --node a/b | --node takes 1 to 64 letters, digits, dots, hyphens and underscores
          --provider SunJSSE --store redis://h:1 | --provider SunJSSE cannot honour --store, since the JDK keeps sessions and ticket keys to itself; leave one of them out
          --provider SunJSSE --ticket-keys nginx:/k | --provider SunJSSE cannot honour --ticket-keys, since the JDK keeps sessions and ticket keys to itself; leave one of them out
          --provider SunJSSE --rotate-every 1h | --provider SunJSSE cannot honour --rotate-every, since the JDK keeps sessions and ticket keys to itself; leave one of them out
          --provider SunJSSE --no-tickets | --provider SunJSSE cannot honour --no-tickets, since the JDK keeps sessions and ticket keys to itself; leave one of them out
          --provider SunJSSE --admin-token-file t | --provider SunJSSE cannot honour --admin-token-file, since the JDK keeps sessions and ticket keys to itself; leave one of them out
          --ticket-keys keys.bin | --ticket-keys 'keys.bin' names no format; write nginx:, haproxy:, httpd: or envoy: before the file
          --ticket-keys httpd:/a,/b | --ticket-keys 'httpd:/a,/b' names 2 files, but httpd has one; name one
          --ticket-keys nginx:/no/key | --ticket-keys: /no/key does not exist; check the path
          --ticket-keys nginx:/no/key --no-tickets | --ticket-keys has no effect with --no-tickets; leave one of them out
          --allow-insecure-permissions | --allow-insecure-permissions has no effect without files of ticket keys, a token or a fleet key; name them with --ticket-keys, --admin-token-file or --fleet-key
          --store-bytes 1k | --store-bytes 1024 holds next to nothing; give it 64k at least
          --rotate-every 999ms | --rotate-every is too short; give it 1s at least
          --rotate-every 8d | --rotate-every is too long for one key; give it 7d at most
          --ticket-lifetime 0s | --ticket-lifetime is too short; give it 1s at least
          --ticket-lifetime 8d | --ticket-lifetime is more than TLS allows; give it 7d at most
          --rotate-every 1s | --rotate-every is less than a thousandth of --ticket-lifetime, which would keep thousands of keys; rotate more rarely or let tickets live shorter
          --handshake-timeout 0s | --handshake-timeout is out of range; give it 1ms to 24h
          --connect-timeout 2d | --connect-timeout is out of range; give it 1ms to 24h
          --idle-timeout 25h | --idle-timeout is out of range; give it 1ms to 24h
          --drain 25h | --drain is out of range; give it 0ms to 24h
          """)
  void refusesWhatCannotBe(String flags, String sentence) {
    refused(sentence + ".", flags.split(" ", -1));
  }

  @Test
  void refusesFilesThatAreNoPem() throws Exception {
    Path chain = identity("a.example").chain();
    Path noKey = Files.writeString(directory.resolve("no-key.pem"), "nothing to see here\n");
    refused(
        noKey
            + " holds no PEM private key; a file in DER form becomes one with `openssl pkey"
            + " -inform der -in FILE`.",
        "--cert",
        chain.toString(),
        "--key",
        noKey.toString());
    refused(
        directory + " is a directory; name the PEM file in it.",
        "--cert",
        chain.toString(),
        "--key",
        directory.toString());
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws Exception {
    Path chain = identity("a.example").chain();
    Path key = identity("b.example").key();
    refused(
        "The key in "
            + key
            + " is not that of the first certificate in "
            + chain
            + "; pair each certificate with its own key, the server's certificate first.",
        "--cert",
        chain.toString(),
        "--key",
        key.toString());
  }

  @Test
  void refusesAnEncryptedKey() throws Exception {
    Path key =
        Files.writeString(
            directory.resolve("encrypted.pem"),
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGVMFEGCSqGSIb3DQEFDTBEMCEGCSsGAQQB2kcECzAUBAiQYrZ5v5v5vwICQAAC
            AQgCAQEwHwYJYIZIAWUDBAEqBBIEEAAAAAAAAAAAAAAAAAAAAAAEQAAAAAAAAAAA
            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            AAAAAAAAAAA=
            -----END ENCRYPTED PRIVATE KEY-----
            """);
    refused(
        key
            + " holds an encrypted private key; decrypt it first, for example with `openssl pkey"
            + " -in FILE -out PLAIN`, and let only this user read the result.",
        "--cert",
        identity("a.example").chain().toString(),
        "--key",
        key.toString());
  }

  @Test
  void asksForACommand() {
    assertEquals(
        new Run(
            2,
            "",
            "reprise: No command was given; the first to try is `reprise serve`"
                + " (see `reprise --help`).\n"),
        Run.of());
    assertEquals(
        new Run(
            2,
            "",
            "reprise: Nothing is known about swerve; perhaps serve was meant"
                + " (see `reprise --help`).\n"),
        Run.of("swerve"));
  }

  private TestIdentity.PemFiles identity(String name) throws Exception {
    return TestCertificates.authority()
        .issue(LeafRequest.server(KeyKind.ECDSA_P256, name))
        .writePem(directory, name);
  }

  private static void refused(String sentence, String... flags) {
    String[] arguments = new String[flags.length + 1];
    arguments[0] = "serve";
    System.arraycopy(flags, 0, arguments, 1, flags.length);
    assertEquals(
        new Run(2, "", "reprise: " + sentence + System.lineSeparator()), Run.of(arguments));
  }
}
