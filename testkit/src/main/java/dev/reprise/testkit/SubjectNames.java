/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The subjectAltName extension (RFC 5280, Section 4.2.1.6) with DNS names of any kind. */
final class SubjectNames {
  static final String OID = "2.5.29.17";

  private static final int SEQUENCE = 0x30;
  private static final int DNS_NAME = 0x82;

  private SubjectNames() {}

  static byte[] encode(List<String> names) {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (String name : names) {
      entries.writeBytes(tagged(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
    }
    return tagged(SEQUENCE, entries.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    if (content.length > 127) {
      throw new IllegalArgumentException("A length of several bytes is not needed so far");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
