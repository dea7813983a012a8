/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

/** The versions of the hosts, which the build knows. */
final class Versions {
  private Versions() {}

  static String of(String host) {
    String version = System.getProperty("reprise.hosts." + host);
    if (version == null) {
      throw new AssertionError("The build does not tell the version of " + host);
    }
    return version.replace(".Final", "");
  }
}
