/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runner's flags: what each of them sets. */
final class Flags {
  private static final Map<String, Consumer<Settings>> SWITCHES =
      Map.ofEntries(
          entry("-ipv6", s -> s.ipv6 = true),
          entry("-server", s -> s.server = true),
          entry("-is-handshaker-supported", s -> s.isHandshakerSupported = true),
          entry("-no-tls12", s -> s.noTls12 = true),
          entry("-no-tls13", s -> s.noTls13 = true),
          entry("-server-preference", s -> s.serverPreference = true),
          entry("-require-any-client-certificate", s -> s.requireAnyClientCertificate = true),
          entry("-verify-peer", s -> s.verifyPeer = true),
          entry("-verify-fail", s -> s.verifyFail = true),
          entry("-reverify-on-resume", s -> s.reverifyOnResume = true),
          entry("-fail-cert-callback", s -> s.failCertCallback = true),
          entry("-select-empty-alpn", s -> s.selectAlpn = ""),
          entry("-decline-alpn", s -> s.declineAlpn = true),
          entry("-reject-alpn", s -> s.rejectAlpn = true),
          entry("-no-ticket", s -> s.noTicket = true),
          entry("-renew-ticket", s -> s.renewTicket = true),
          entry("-async", s -> s.async = true),
          entry("-shim-writes-first", s -> s.shimWritesFirst = true),
          entry("-shim-shuts-down", s -> s.shimShutsDown = true),
          entry("-check-close-notify", s -> s.checkCloseNotify = true),
          entry("-read-with-unfinished-write", s -> s.readWithUnfinishedWrite = true),
          entry("-write-different-record-sizes", s -> s.writeDifferentRecordSizes = true),
          entry("-key-update", s -> s.keyUpdate = true),
          entry("-use-export-context", s -> s.useExportContext = true),
          entry("-expect-session-miss", s -> s.expectSessionMiss = true),
          entry("-expect-no-session", s -> s.expectNoSession = true),
          entry("-expect-ticket-renewal", s -> s.expectTicketRenewal = true),
          entry("-expect-session-id", s -> s.expectSessionId = true),
          entry("-expect-no-session-id", s -> s.expectNoSessionId = true),
          entry("-expect-extended-master-secret", s -> s.expectExtendedMasterSecret = true),
          entry("-fips-202205", s -> s.policy = CompliancePolicy.FIPS_202205),
          entry("-wpa-202304", s -> s.policy = CompliancePolicy.WPA_202304),
          entry("-expect-hrr", s -> s.expectHrr = true),
          entry("-expect-no-hrr", s -> s.expectNoHrr = true));

  /**
   * They choose between several faces that BoringSSL has for one thing, or ask that something be
   * off that Reprise never has, or that something be as it always is in Reprise.
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "-implicit-handshake",
          "-peek-then-read",
          "-false-start",
          "-no-op-extra-handshake",
          "-handshake-twice",
          "-use-custom-verify-callback",
          "-use-old-client-cert-callback",
          "-use-early-callback",
          "-use-ticket-callback",
          "-expect-verify-result",
          "-expect-secure-renegotiation",
          "-no-tls1",
          "-no-tls11");

  private static final Map<String, BiConsumer<Settings, String>> VALUES =
      Map.ofEntries(
          entry("-port", (s, v) -> s.port = Integer.parseInt(v)),
          entry("-shim-id", (s, v) -> s.shimId = Long.parseUnsignedLong(v)),
          entry("-resume-count", (s, v) -> s.resumeCount = Integer.parseInt(v)),
          entry("-cert-file", (s, v) -> s.certFile = v),
          entry("-key-file", (s, v) -> s.keyFile = v),
          entry("-trust-cert", (s, v) -> s.trustCert = v),
          entry("-host-name", (s, v) -> s.hostName = v),
          entry("-cipher", (s, v) -> s.cipher = v),
          entry("-min-version", (s, v) -> s.minVersion = Integer.parseInt(v)),
          entry("-max-version", (s, v) -> s.maxVersion = Integer.parseInt(v)),
          entry("-curves", (s, v) -> s.curves.add(group(v))),
          entry("-signing-prefs", (s, v) -> s.signingPrefs.add(scheme(v))),
          entry("-verify-prefs", (s, v) -> s.verifyPrefs.add(scheme(v))),
          entry("-use-client-ca-list", (s, v) -> s.useClientCaList = v),
          entry("-advertise-alpn", (s, v) -> s.advertiseAlpn = v.getBytes(ISO_8859_1)),
          entry("-select-alpn", (s, v) -> s.selectAlpn = v),
          entry("-ticket-key", (s, v) -> s.ticketKey = Base64.getDecoder().decode(v)),
          entry("-resumption-delay", (s, v) -> s.resumptionDelay = Integer.parseInt(v)),
          entry("-export-keying-material", (s, v) -> s.exportKeyingMaterial = Integer.parseInt(v)),
          entry("-export-label", (s, v) -> s.exportLabel = v),
          entry("-export-context", (s, v) -> s.exportContext = v.getBytes(ISO_8859_1)),
          entry("-expect-version", (s, v) -> s.expectVersion = Integer.parseInt(v)),
          entry("-expect-cipher", (s, v) -> s.expectCipher = Integer.parseInt(v)),
          entry("-expect-cipher-aes", (s, v) -> s.expectCipher = Integer.parseInt(v)),
          entry("-expect-cipher-no-aes", (s, v) -> {}),
          entry("-srtp-profiles", (s, v) -> {}),
          entry("-expect-curve-id", (s, v) -> s.expectCurveId = Integer.parseInt(v)),
          entry(
              "-expect-peer-signature-algorithm",
              (s, v) -> s.expectPeerSignatureAlgorithm = Integer.parseInt(v)),
          entry(
              "-expect-peer-verify-pref",
              (s, v) -> s.expectPeerVerifyPrefs.add(Integer.parseInt(v))),
          entry("-expect-server-name", (s, v) -> s.expectServerName = v),
          entry("-expect-alpn", (s, v) -> s.expectAlpn = v),
          entry(
              "-expect-advertised-alpn", (s, v) -> s.expectAdvertisedAlpn = v.getBytes(ISO_8859_1)),
          entry("-expect-early-data-reason", (s, v) -> requireDisabled(v)),
          entry("-expect-client-ca-list", (s, v) -> s.expectClientCaList = v),
          entry("-expect-peer-cert-file", (s, v) -> s.expectPeerCertFile = v));

  private Flags() {}

  /** The settings of the first connection, and of all that follow. */
  record Parsed(Settings initial, Settings resume) {}

  /**
   * Reads the flags; a character is a byte.
   *
   * @throws UnimplementedException for a flag, or a value of it, that is not known
   */
  static Parsed parse(List<String> arguments) {
    Parsed parsed = new Parsed(new Settings(), new Settings());
    for (int i = 0; i < arguments.size(); i++) {
      String name = withoutPrefix(arguments.get(i), "-on-shim");
      List<Settings> targets = List.of(parsed.initial, parsed.resume);
      if (name.startsWith("-on-initial-")) {
        targets = List.of(parsed.initial);
      } else if (name.startsWith("-on-resume-")) {
        targets = List.of(parsed.resume);
      } else if (name.startsWith("-on-retry-")) {
        // Retries are for refused early data, which is never offered.
        targets = List.of();
      }
      name = withoutPrefix(name, "-on-initial", "-on-resume", "-on-retry");
      @Nullable BiConsumer<Settings, String> value = VALUES.get(name);
      if (value != null) {
        i++;
        for (Settings target : targets) {
          value.accept(target, arguments.get(i));
        }
      } else {
        set(name, targets);
      }
    }
    return parsed;
  }

  private static void set(String name, List<Settings> targets) {
    @Nullable Consumer<Settings> flag = SWITCHES.get(name);
    if (flag != null) {
      targets.forEach(flag);
    } else if (!WITHOUT_EFFECT.contains(name)) {
      throw new UnimplementedException("There is no flag " + name);
    }
  }

  private static String withoutPrefix(String name, String... prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix + "-")) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  private static void requireDisabled(String reason) {
    if (!reason.equals("disabled")) {
      throw new UnimplementedException("There is no early data");
    }
  }

  private static NamedGroup group(String code) {
    NamedGroup group = NamedGroup.of(Integer.parseInt(code));
    if (group == null) {
      throw new UnimplementedException("There is no group " + code);
    }
    return group;
  }

  private static SignatureScheme scheme(String code) {
    SignatureScheme scheme = SignatureScheme.of(Integer.parseInt(code));
    if (scheme == null) {
      throw new UnimplementedException("There is no signature scheme " + code);
    }
    return scheme;
  }
}
