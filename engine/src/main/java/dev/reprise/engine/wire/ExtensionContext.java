/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * The message that an extension block stands in, which decides how its extensions are read: RFC
 * 8446, Section 4.2. A HelloRetryRequest is a context of its own.
 */
public enum ExtensionContext {
  CLIENT_HELLO,
  SERVER_HELLO,
  HELLO_RETRY_REQUEST,
  ENCRYPTED_EXTENSIONS,
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  NEW_SESSION_TICKET
}
