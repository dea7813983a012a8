/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import javax.net.ssl.TrustManager;

/** The certificates that most tests get along with, made once a JVM. */
public final class TestCertificates {
  /** The common name of every certificate that {@link #server} gives. */
  public static final String SERVER_NAME = "server.example";

  private TestCertificates() {}

  /** The authority that both sides trust. */
  public static TestAuthority authority() {
    return Trusted.AUTHORITY;
  }

  /** An authority that nobody trusts unless told to. */
  public static TestAuthority otherAuthority() {
    return Stranger.AUTHORITY;
  }

  /** A server of {@link #authority}, named {@link #SERVER_NAME}, localhost and 127.0.0.1. */
  public static TestIdentity server(KeyKind kind) {
    return authority().issue(LeafRequest.server(kind, SERVER_NAME, "localhost", "127.0.0.1"));
  }

  /** A client of {@link #authority}. */
  public static TestIdentity client(KeyKind kind) {
    return authority().issue(LeafRequest.client(kind, "client.example"));
  }

  /** For {@code SSLContext.init}: trusts {@link #authority}. */
  public static TrustManager[] trustManagers() {
    return authority().trustManagers();
  }

  private static final class Trusted {
    static final TestAuthority AUTHORITY = TestAuthority.root("authority", KeyKind.ECDSA_P256);
  }

  private static final class Stranger {
    static final TestAuthority AUTHORITY = TestAuthority.root("stranger", KeyKind.ECDSA_P256);
  }
}
