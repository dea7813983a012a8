/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in to the admin listener. Plain HTTP on loopback is reached by every page in a browser
 * of this machine, under a name that leads here if need be; such pages neither read nor change.
 *
 * @param address as it was asked for
 * @param remote whether other machines reach it, by names that are not known here
 */
record AdminAccess(HostPort address, boolean remote, @Nullable AdminToken token) {
  private static final String BEARER = "Bearer ";

  /** The answer to who may not even read, or null. */
  @Nullable Answer refuses(HttpQuestion question) {
    String host = question.headers().get(HttpHeaderNames.HOST);
    if (remote || host == null || isOurs(host)) {
      return null;
    }
    // A page can have its own name lead to 127.0.0.1, but not an address or localhost.
    return Answer.plain(
        HttpResponseStatus.MISDIRECTED_REQUEST,
        "Ask for this by an address, by localhost, or by the name given with --admin.\n");
  }

  /** The answer to who may not change anything, or null. */
  @Nullable Answer refusesChange(HttpQuestion question) {
    if (token == null) {
      return Answer.plain(
          HttpResponseStatus.FORBIDDEN,
          "Changes are off: start the gateway with --admin-token-file FILE.\n");
    }
    if (!isPresented(question.headers().get(HttpHeaderNames.AUTHORIZATION), token)) {
      return Answer.unauthorized(
          "Send the token of --admin-token-file: 'Authorization: Bearer TOKEN'.");
    }
    if (question.headers().contains(HttpHeaderNames.ORIGIN)) {
      return Answer.plain(
          HttpResponseStatus.FORBIDDEN, "Pages in a browser change nothing here.\n");
    }
    return refusesBody(question);
  }

  private static @Nullable Answer refusesBody(HttpQuestion question) {
    if (!isJson(question.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
      return Answer.plain(
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Send 'Content-Type: application/json'.\n");
    }
    if (question.body() == null) {
      return Answer.plain(
          HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
          "Send " + HttpQuestion.LONGEST_BODY + " bytes at most.\n");
    }
    return null;
  }

  private static boolean isPresented(@Nullable String authorization, AdminToken token) {
    // RFC 9110, Section 11.1: the scheme is case-insensitive.
    return authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && token.is(authorization.substring(BEARER.length()).strip());
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private boolean isOurs(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return NetUtil.isValidIpV4Address(host)
        || (host.startsWith("[") && NetUtil.isValidIpV6Address(host))
        || host.equals("localhost")
        || host.equals(address.host().toLowerCase(Locale.ROOT));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
