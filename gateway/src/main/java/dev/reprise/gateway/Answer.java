/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * What is said to one HTTP request.
 *
 * @param headers beside those that every answer has
 */
record Answer(
    HttpResponseStatus status, String contentType, String body, Map<String, String> headers) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  Answer(HttpResponseStatus status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }

  static Answer plain(HttpResponseStatus status, String body) {
    return new Answer(status, PLAIN, body);
  }

  static Answer plain(String body) {
    return plain(HttpResponseStatus.OK, body);
  }

  static Answer json(String body) {
    return new Answer(HttpResponseStatus.OK, "application/json", body);
  }

  static Answer notFound(String hint) {
    return plain(HttpResponseStatus.NOT_FOUND, "Not found. " + hint + "\n");
  }

  /** RFC 9110, Section 15.5.6: with "an Allow header field ... containing a list" of methods. */
  static Answer notAllowed(String methods, String sentence) {
    return new Answer(
        HttpResponseStatus.METHOD_NOT_ALLOWED, PLAIN, sentence + "\n", Map.of("allow", methods));
  }

  /** RFC 9110, Section 11.6.1: with the challenge that tells what is missing. */
  static Answer unauthorized(String sentence) {
    return new Answer(
        HttpResponseStatus.UNAUTHORIZED,
        PLAIN,
        sentence + "\n",
        Map.of("www-authenticate", "Bearer realm=\"reprise admin\""));
  }
}
