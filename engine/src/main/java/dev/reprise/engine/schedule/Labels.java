/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

/** The labels of RFC 8446, Section 7.1 to 7.5, without the prefix that HKDF-Expand-Label adds. */
final class Labels {
  static final String RESUMPTION_BINDER = "res binder";
  static final String CLIENT_EARLY_TRAFFIC = "c e traffic";
  static final String DERIVED = "derived";
  static final String CLIENT_HANDSHAKE_TRAFFIC = "c hs traffic";
  static final String SERVER_HANDSHAKE_TRAFFIC = "s hs traffic";
  static final String CLIENT_APPLICATION_TRAFFIC = "c ap traffic";
  static final String SERVER_APPLICATION_TRAFFIC = "s ap traffic";
  static final String EXPORTER_MAIN = "exp master";
  static final String RESUMPTION_MAIN = "res master";
  static final String RESUMPTION = "resumption";
  static final String EXPORTER = "exporter";
  static final String FINISHED = "finished";
  static final String KEY = "key";
  static final String IV = "iv";
  static final String TRAFFIC_UPDATE = "traffic upd";

  private Labels() {}
}
