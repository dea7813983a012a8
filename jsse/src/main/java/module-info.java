/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The engine as Java's users know TLS: a JSSE provider, and builders for what JSSE has no words.
 */
@org.jspecify.annotations.NullMarked
module dev.reprise.jsse {
  requires transitive dev.reprise.engine;
  requires static transitive org.jspecify;
  requires jdk.jfr;

  exports dev.reprise.jsse;

  provides java.security.Provider with
      dev.reprise.jsse.RepriseProvider;
}
