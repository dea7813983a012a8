/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.util.function.Function;

/** Who answers requests, at once. */
@FunctionalInterface
interface HttpSite {
  Answer answer(HttpQuestion question);

  /** Answers by path to whoever reads, and lets nobody change anything. */
  static HttpSite readOnly(Function<String, Answer> byPath) {
    return question ->
        question.isReading()
            ? byPath.apply(question.path())
            : Answer.notAllowed("GET, HEAD", "GET and HEAD are answered here.");
  }
}
