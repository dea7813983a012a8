/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.Revocation;
import dev.reprise.jsse.Revocations;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /revocations}: GET tells what is revoked, POST revokes. */
record RevocationsPage(Revocations revocations, AdminAccess access) {
  private static final Logger LOG = System.getLogger(RevocationsPage.class.getName());

  /** The register may hold many more. */
  private static final int MOST_LISTED = 1000;

  private static final String EXPECTED =
      "Send one of {\"session\":\"64 hex digits\"}, {\"certificate\":\"64 hex digits\"} and"
          + " {\"before\":\"2026-01-31T12:00:00Z\"}.\n";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  Answer answer(HttpQuestion question) {
    if (question.isReading()) {
      return Answer.json(list() + "\n");
    }
    if (!question.method().equals(HttpMethod.POST)) {
      return Answer.notAllowed("GET, HEAD, POST", "GET, HEAD and POST are answered here.");
    }
    Answer refusal = access.refusesChange(question);
    return refusal == null ? revoke(String.valueOf(question.body())) : refusal;
  }

  private Answer revoke(String body) {
    Map.Entry<String, String> order = order(body);
    if (order == null) {
      return badRequest(EXPECTED);
    }
    try {
      return revoke(order.getKey(), order.getValue());
    } catch (DateTimeException _) {
      return badRequest("'before' is no time; write for example 2026-01-31T12:00:00Z.\n");
    } catch (IllegalArgumentException _) {
      return badRequest(
          order.getKey().equals("before")
              ? "'before' is yet to come, and only what is past can be revoked.\n"
              : "'" + order.getKey() + "' is not 64 hex digits.\n");
    }
  }

  /** A name and its value, or null if it is anything else. */
  private static Map.@Nullable Entry<String, String> order(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isObject() || json.size() != 1) {
        return null;
      }
      Map.Entry<String, JsonNode> only = json.properties().iterator().next();
      return only.getValue().isString()
          ? Map.entry(only.getKey(), only.getValue().asString())
          : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  private Answer revoke(String kind, String value) {
    switch (kind) {
      case "session" -> revocations.revokeSession(value);
      case "certificate" -> revocations.revokeCertificate(value);
      case "before" -> revocations.revokeBefore(Instant.parse(value));
      default -> {
        return badRequest(EXPECTED);
      }
    }
    LOG.log(Level.INFO, "Revoked by the admin endpoint: {0} {1}.", kind, value);
    return Answer.json(JSON.createObjectNode().put("revoked", kind).put(kind, value) + "\n");
  }

  private String list() {
    ObjectNode all = JSON.createObjectNode();
    all.put("before", revocations.register().before().map(Instant::toString).orElse(null));
    all.put("entries", revocations.register().size());
    ArrayNode latest = all.putArray("latest");
    revocations.register().latest(MOST_LISTED).forEach(each -> add(latest, each));
    return all.toString();
  }

  private static void add(ArrayNode list, Revocation revocation) {
    list.addObject()
        .put(
            revocation.kind().name().toLowerCase(Locale.ROOT),
            HexFormat.of().formatHex(revocation.id().toArray()))
        .put("revokedAt", revocation.revokedAt().toString())
        .put("until", revocation.until().toString());
  }

  private static Answer badRequest(String sentence) {
    return Answer.plain(HttpResponseStatus.BAD_REQUEST, sentence);
  }
}
