/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.TlsProvider;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the values of flags; each refusal says what would be accepted. */
final class Converters {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([a-z]*)");

  private Converters() {}

  /** {@code HOST:PORT}. */
  static final class Address implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return HostPort.parse(text);
      } catch (ConfigurationException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A whole number of ms, s, m, h or d. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Map<String, Duration> UNITS =
        Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    @Override
    public Duration convert(String text) {
      Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
        throw new TypeConversionException(
            "'" + text + "' is no duration; write a whole number and ms, s, m, h or d, as in 6h");
      }
      return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }
  }

  /** A whole number of bytes, or of k, m or g of them. */
  static final class Bytes implements ITypeConverter<Long> {
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);

    @Override
    public Long convert(String text) {
      Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches() || !SHIFTS.containsKey(matcher.group(2))) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no size; write a whole number of bytes, or one and k, m or g, as in 64m");
      }
      try {
        return Math.multiplyExact(
            Long.parseLong(matcher.group(1)), 1L << SHIFTS.get(matcher.group(2)));
      } catch (ArithmeticException _) {
        throw new TypeConversionException("'" + text + "' is more than there can be");
      }
    }
  }

  /** One version of TLS. */
  static final class Protocol implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!GatewayConfig.PROTOCOLS.contains(text)) {
        throw new TypeConversionException(
            "'" + text + "' is not spoken; write TLSv1.3, TLSv1.2 or both with a comma between");
      }
      return text;
    }
  }

  /** The modes of client authentication, in lower case. */
  static final class ClientMode implements ITypeConverter<ClientAuthentication> {
    @Override
    public ClientAuthentication convert(String text) {
      return switch (text) {
        case "none" -> ClientAuthentication.NONE;
        case "want" -> ClientAuthentication.WANT;
        case "need" -> ClientAuthentication.NEED;
        default ->
            throw new TypeConversionException("'" + text + "' is none of none, want and need");
      };
    }
  }

  /** Whose TLS. */
  static final class Provider implements ITypeConverter<TlsProvider> {
    @Override
    public TlsProvider convert(String text) {
      for (TlsProvider each : TlsProvider.values()) {
        if (each.providerName().equalsIgnoreCase(text)) {
          return each;
        }
      }
      throw new TypeConversionException("'" + text + "' is none of Reprise and SunJSSE");
    }
  }

  /** Whose key files. */
  static final class KeyFormat implements ITypeConverter<KeyFileFormat> {
    @Override
    public KeyFileFormat convert(String text) {
      return KeyFileFormat.of(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + text + "' is none of nginx, haproxy, httpd and envoy"));
    }
  }
}
