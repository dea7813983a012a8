/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;

/** What is said to one HTTP request. */
record Answer(HttpResponseStatus status, String contentType, String body) {
  private static final String PLAIN = "text/plain; charset=utf-8";

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
}
