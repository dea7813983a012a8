/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.ProtocolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's properties say, and what a process gets that knows nothing of us. */
class SystemPropertiesTest {
  @Test
  void readsWhatIsEnabledForASide() {
    Map<String, String> properties =
        Map.of(
            "jdk.tls.client.protocols", "\"TLSv1.1, TLSv1.2\"",
            "jdk.tls.client.cipherSuites", "nonsense,TLS_AES_256_GCM_SHA384",
            "jdk.tls.server.protocols", "nonsense");
    SideDefaults client = SideDefaults.read("client", properties::get);
    assertEquals(List.of(ProtocolVersion.TLS12), client.protocols());
    assertEquals(List.of(CipherSuite.TLS_AES_256_GCM_SHA384), client.cipherSuites());
    assertNull(client.signatureSchemes());
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> SideDefaults.read("server", properties::get));
    assertEquals(
        "jdk.tls.server.protocols: The protocol nonsense is not supported", failure.getMessage());
    assertEquals(SideDefaults.NONE, SideDefaults.read("other", properties::get));
  }

  @Test
  void changesDefaultsWithTheSideAndNothingElse() {
    EngineParameters parameters = new EngineParameters();
    parameters.clientDefaults = new SideDefaults(List.of(ProtocolVersion.TLS12), null, null);
    parameters.adopt(true);
    assertEquals(List.of(ProtocolVersion.TLS12), parameters.protocols);
    parameters.adopt(false);
    assertEquals(List.of(ProtocolVersion.TLS13, ProtocolVersion.TLS12), parameters.protocols);
    parameters.protocols = List.of(ProtocolVersion.TLS13);
    parameters.adopt(true);
    assertEquals(List.of(ProtocolVersion.TLS13), parameters.protocols);
    parameters.protocols = Names.protocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.adopt(false);
    parameters.adopt(true);
    assertEquals(List.of(ProtocolVersion.TLS13, ProtocolVersion.TLS12), parameters.protocols);
  }

  @Test
  void boundsTheChainsOfPeers() {
    String both = "jdk.tls.maxCertificateChainLength";
    String server = "jdk.tls.server.maxInboundCertificateChainLength";
    Map<String, String> none = Map.of();
    Map<String, String> one = Map.of(both, "5");
    Map<String, String> two = Map.of(both, "5", server, "0x3");
    Map<String, String> wrong = Map.of(both, "many", server, "-1");
    assertEquals(Defaults.LONGEST_CHAIN, ChainLimits.longestChain(true, none::get));
    assertEquals(5, ChainLimits.longestChain(true, one::get));
    assertEquals(3, ChainLimits.longestChain(true, two::get));
    assertEquals(5, ChainLimits.longestChain(false, two::get));
    assertEquals(Defaults.LONGEST_CHAIN, ChainLimits.longestChain(true, wrong::get));
  }

  @Test
  void hasADefaultContextThatIsReady() throws Exception {
    Provider provider = new RepriseProvider();
    SSLContext context = SSLContext.getInstance("Default", provider);
    SSLEngine engine = context.createSSLEngine("host.example", 443);
    assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, engine.getEnabledProtocols());
    assertThrows(java.security.KeyManagementException.class, () -> context.init(null, null, null));
  }

  /** In a process of its own, as it changes what the whole of it gets. */
  @Test
  void servesAProcessThatKnowsNothingOfIt(@TempDir Path directory) throws Exception {
    Path security = Files.writeString(directory.resolve("java.security"), providers());
    List<String> lines =
        OtherJvm.run(
            directory,
            SystemPropertiesMain.class,
            List.of(
                "-Djava.security.properties=" + security,
                "-Djdk.tls.client.protocols=TLSv1.2",
                "-Djdk.tls.client.SignatureSchemes=ed25519",
                "-Djdk.tls.server.cipherSuites=TLS_AES_256_GCM_SHA384",
                "-Djdk.tls.namedGroups=secp384r1"));
    String text = String.join("\n", lines);
    assertEquals(
        List.of("default Reprise", "TLS Reprise", "keys SunJSSE", "trust SunJSSE"),
        lines.subList(0, Math.min(4, lines.size())),
        text);
    assertTrue(lines.get(4).startsWith("client [TLSv1.2][TLS_AES_128_GCM_SHA256, "), text);
    assertTrue(lines.get(4).endsWith("[ed25519][secp384r1]"), text);
    assertTrue(lines.get(5).startsWith("server [TLSv1.3, TLSv1.2][TLS_AES_256_GCM_SHA384]["), text);
    assertEquals("sockets [TLSv1.2][TLSv1.3, TLSv1.2][TLS_AES_256_GCM_SHA384]", lines.get(6), text);
  }

  /** Ours first, and then those that are there anyway. */
  private static String providers() {
    List<String> names = new ArrayList<>(List.of(RepriseProvider.NAME));
    Stream.of(Security.getProviders()).map(Provider::getName).forEach(names::add);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      lines.append("security.provider.").append(i + 1).append('=').append(names.get(i));
      lines.append('\n');
    }
    return lines.toString();
  }
}
