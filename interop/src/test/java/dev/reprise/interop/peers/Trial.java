/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Version;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A feature in a version. */
record Trial(Feature feature, Version version) {
  static final List<Trial> ALL = Arrays.stream(Feature.values()).flatMap(Trial::of).toList();

  static Stream<Trial> of(Feature feature) {
    return feature.versions().stream().map(version -> new Trial(feature, version));
  }

  boolean is(Feature other) {
    return feature == other;
  }

  boolean isTls12() {
    return version == Version.TLS12;
  }

  @Override
  public String toString() {
    return version.jsseName() + " " + feature;
  }
}
