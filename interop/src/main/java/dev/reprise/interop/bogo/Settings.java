/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the flags say of one connection; every field is a flag's, and is named after it. */
final class Settings {
  int port;
  long shimId;
  boolean ipv6;
  boolean server;
  int resumeCount;
  boolean isHandshakerSupported;

  @Nullable String certFile;
  @Nullable String keyFile;
  @Nullable String trustCert;
  @Nullable String hostName;
  @Nullable String cipher;
  int minVersion;
  int maxVersion = 0xffff;
  boolean noTls12;
  boolean noTls13;
  final List<NamedGroup> curves = new ArrayList<>();
  final List<SignatureScheme> signingPrefs = new ArrayList<>();
  final List<SignatureScheme> verifyPrefs = new ArrayList<>();
  boolean serverPreference;
  @Nullable CompliancePolicy policy;

  boolean requireAnyClientCertificate;
  boolean verifyPeer;
  boolean verifyFail;
  boolean reverifyOnResume;
  boolean failCertCallback;
  @Nullable String useClientCaList;

  byte @Nullable [] advertiseAlpn;
  @Nullable String selectAlpn;
  boolean declineAlpn;
  boolean rejectAlpn;

  boolean noTicket;
  boolean renewTicket;
  byte @Nullable [] ticketKey;
  int resumptionDelay;

  boolean async;
  boolean shimWritesFirst;
  boolean shimShutsDown;
  boolean checkCloseNotify;
  boolean readWithUnfinishedWrite;
  boolean writeDifferentRecordSizes;
  boolean keyUpdate;
  int exportKeyingMaterial;
  String exportLabel = "";
  byte[] exportContext = new byte[0];
  boolean useExportContext;

  boolean expectSessionMiss;
  boolean expectNoSession;
  boolean expectTicketRenewal;
  boolean expectSessionId;
  boolean expectNoSessionId;
  boolean expectExtendedMasterSecret;
  boolean expectHrr;
  boolean expectNoHrr;
  int expectVersion;
  int expectCipher;
  int expectCurveId;
  int expectPeerSignatureAlgorithm;
  final List<Integer> expectPeerVerifyPrefs = new ArrayList<>();
  @Nullable String expectServerName;
  @Nullable String expectAlpn;
  byte @Nullable [] expectAdvertisedAlpn;
  @Nullable String expectClientCaList;
  @Nullable String expectPeerCertFile;
}
