/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** What a process sees of the provider that it registers itself, last or first. */
final class RegistrationMain {
  private RegistrationMain() {}

  /**
   * The entry point.
   *
   * @param args {@code last}, {@code first} or {@code nowhere}; and what to ask by HTTPS
   */
  public static void main(String[] args) throws Exception {
    Provider provider = new RepriseProvider();
    switch (args[0]) {
      case "last" -> Security.addProvider(provider);
      case "first" -> Security.insertProviderAt(provider, 1);
      default -> System.out.println("passed " + name(SSLContext.getInstance("TLS", provider)));
    }
    if (!args[0].equals("nowhere")) {
      System.out.println("named " + name(SSLContext.getInstance("TLS", RepriseProvider.NAME)));
    }
    System.out.println("TLS " + name(SSLContext.getInstance("TLS")));
    System.out.println("default " + name(SSLContext.getDefault()));
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(args[1]).toURL().openConnection();
    System.out.println(
        "answer " + new String(connection.getInputStream().readAllBytes(), US_ASCII));
    System.out.println(
        "factory " + connection.getSSLSocketFactory().getClass().getPackage().getName());
  }

  private static String name(SSLContext context) {
    return context.getProvider().getName();
  }
}
