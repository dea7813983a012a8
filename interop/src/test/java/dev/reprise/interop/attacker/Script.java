/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.attacker;

import de.rub.nds.tlsattacker.core.config.Config;
import de.rub.nds.tlsattacker.core.connection.OutboundConnection;
import de.rub.nds.tlsattacker.core.constants.AlertDescription;
import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.NamedGroup;
import de.rub.nds.tlsattacker.core.constants.ProtocolMessageType;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import de.rub.nds.tlsattacker.core.protocol.ProtocolMessage;
import de.rub.nds.tlsattacker.core.protocol.message.AlertMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ClientHelloMessage;
import de.rub.nds.tlsattacker.core.record.Record;
import de.rub.nds.tlsattacker.core.state.State;
import de.rub.nds.tlsattacker.core.workflow.DefaultWorkflowExecutor;
import de.rub.nds.tlsattacker.core.workflow.WorkflowTrace;
import de.rub.nds.tlsattacker.core.workflow.WorkflowTraceResultUtil;
import de.rub.nds.tlsattacker.core.workflow.action.ReceiveTillAction;
import de.rub.nds.tlsattacker.core.workflow.action.SendAction;
import dev.reprise.interop.Program;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * What TLS-Attacker's client says to our server, message by message, and the alert that it gets.
 */
final class Script {
  private final Config config = new Config();
  private final WorkflowTrace trace = new WorkflowTrace();

  private Script(ProtocolVersion version, CipherSuite suite) {
    config.setHighestProtocolVersion(version);
    config.setDefaultClientSupportedCipherSuites(suite);
    config.setDefaultClientNamedGroups(NamedGroup.SECP256R1, NamedGroup.SECP384R1);
    config.setAddExtendedMasterSecretExtension(true);
    config.setAddRenegotiationInfoExtension(true);
    config.setStopActionsAfterIOException(true);
    config.setWorkflowExecutorShouldClose(true);
  }

  static Script tls12() {
    Script script =
        new Script(ProtocolVersion.TLS12, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    script.config.setSupportedVersions(ProtocolVersion.TLS12);
    return script;
  }

  static Script tls13() {
    Script script = new Script(ProtocolVersion.TLS13, CipherSuite.TLS_AES_128_GCM_SHA256);
    script.config.setSupportedVersions(ProtocolVersion.TLS13, ProtocolVersion.TLS12);
    script.config.setDefaultClientKeyShareNamedGroups(NamedGroup.SECP256R1);
    script.config.setAddSupportedVersionsExtension(true);
    script.config.setAddKeyShareExtension(true);
    script.config.setAddPSKKeyExchangeModesExtension(true);
    return script;
  }

  Config config() {
    return config;
  }

  ClientHelloMessage hello() {
    return new ClientHelloMessage(config);
  }

  Script sends(ProtocolMessage... messages) {
    trace.addTlsAction(new SendAction(messages));
    return this;
  }

  /** Sends {@code message} in these records. */
  Script sendsIn(ProtocolMessage message, Record... records) {
    SendAction action = new SendAction(message);
    action.setConfiguredRecords(records);
    trace.addTlsAction(action);
    return this;
  }

  Script receivesTill(ProtocolMessage message) {
    trace.addTlsAction(new ReceiveTillAction(message));
    return this;
  }

  /** Runs it, and returns the alert that it has ended with. */
  AlertDescription alert() throws IOException {
    receivesTill(new AlertMessage());
    try (SSLServerSocket listening = listen()) {
      OutboundConnection connection = new OutboundConnection(listening.getLocalPort(), "127.0.0.1");
      connection.setTimeout((int) Program.PATIENCE.toMillis());
      config.setDefaultClientConnection(connection);
      Thread.ofVirtual().start(() -> serve(listening));
      State state = new State(config, trace);
      new DefaultWorkflowExecutor(state).executeWorkflow();
      ProtocolMessage alert =
          WorkflowTraceResultUtil.getLastReceivedMessage(trace, ProtocolMessageType.ALERT);
      if (alert == null) {
        throw new AssertionError("no alert: " + trace);
      }
      return AlertDescription.getAlertDescription(
          ((AlertMessage) alert).getDescription().getValue());
    }
  }

  private static SSLServerSocket listen() throws IOException {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    return (SSLServerSocket)
        Reprise.server()
            .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
            .groups(List.of("secp256r1", "secp384r1"))
            .build()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** Reads on until our end gives up. */
  private static void serve(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.startHandshake();
      socket.getInputStream().readAllBytes();
    } catch (IOException _) {
      // What has gone wrong is told to the client.
    }
  }
}
