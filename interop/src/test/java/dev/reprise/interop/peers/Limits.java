/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Version;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a peer cannot do, by its own making, in words. */
final class Limits {
  static final Limits NONE = new Limits();

  private final Map<Feature, Map<Version, String>> sentences = new EnumMap<>(Feature.class);
  private final Map<Trial, String> notes = new HashMap<>();

  /** In every version that knows the feature. */
  Limits with(Feature feature, String sentence) {
    feature.versions().forEach(version -> with(feature, version, sentence));
    return this;
  }

  Limits with(Feature feature, Version version, String sentence) {
    sentences.computeIfAbsent(feature, _ -> new EnumMap<>(Version.class)).put(version, sentence);
    return this;
  }

  /** What is to be said of something that holds. */
  Limits noting(Feature feature, String sentence) {
    feature.versions().forEach(version -> notes.put(new Trial(feature, version), sentence));
    return this;
  }

  String note(Trial trial) {
    return notes.getOrDefault(trial, "");
  }

  Optional<String> of(Trial trial) {
    return Optional.ofNullable(
        sentences.getOrDefault(trial.feature(), Map.of()).get(trial.version()));
  }

  /** What there is to try in spite of them. */
  List<Trial> rest() {
    return Trial.ALL.stream().filter(trial -> of(trial).isEmpty()).toList();
  }
}
