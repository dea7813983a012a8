/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

/** Whom we speak to, in the order of the page. */
enum Peer {
  OPENSSL("OpenSSL", true),
  GNUTLS("GnuTLS", true),
  NSS("NSS", true),
  CURL("curl", true),
  NGINX("nginx", true),
  HAPROXY("HAProxy", true),
  SUNJSSE("SunJSSE", false),
  BOUNCY_CASTLE("Bouncy Castle", false),
  CONSCRYPT("Conscrypt", false),
  NETTY("Netty with BoringSSL", false);

  private final String title;
  private final boolean program;

  Peer(String title, boolean program) {
    this.title = title;
    this.program = program;
  }

  String title() {
    return title;
  }

  /** Whether it is a program of the system, which a run may leave out. */
  boolean program() {
    return program;
  }
}
