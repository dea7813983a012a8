/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that is there as a whole.
 *
 * @param path without its query
 * @param body null: longer than {@link #LONGEST_BODY}
 */
record HttpQuestion(HttpMethod method, String path, HttpHeaders headers, @Nullable String body) {
  /** Bytes. What is asked here is a line of JSON. */
  static final int LONGEST_BODY = 4096;

  boolean isReading() {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
