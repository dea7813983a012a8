/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.attacker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.rub.nds.modifiablevariable.util.Modifiable;
import de.rub.nds.tlsattacker.core.constants.AlertDescription;
import de.rub.nds.tlsattacker.core.constants.NamedGroup;
import de.rub.nds.tlsattacker.core.protocol.message.ApplicationMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ChangeCipherSpecMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ClientHelloMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ECDHClientKeyExchangeMessage;
import de.rub.nds.tlsattacker.core.protocol.message.FinishedMessage;
import de.rub.nds.tlsattacker.core.protocol.message.HelloRequestMessage;
import de.rub.nds.tlsattacker.core.protocol.message.KeyUpdateMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloDoneMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloMessage;
import de.rub.nds.tlsattacker.core.protocol.message.extension.ExtendedMasterSecretExtensionMessage;
import de.rub.nds.tlsattacker.core.record.Record;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each script ends in the alert that the RFC names. */
class TlsAttackerTest {
  private static Script connected13() {
    Script script = Script.tls13();
    return script
        .sends(script.hello())
        .receivesTill(new FinishedMessage())
        .sends(new FinishedMessage());
  }

  private static Script connected12() {
    Script script = Script.tls12();
    return script
        .sends(script.hello())
        .receivesTill(new ServerHelloDoneMessage())
        .sends(
            new ECDHClientKeyExchangeMessage(),
            new ChangeCipherSpecMessage(),
            new FinishedMessage())
        .receivesTill(new FinishedMessage());
  }

  /** RFC 8446, Section 4.2: "There MUST NOT be more than one extension of the same type". */
  @Test
  void refusesAnExtensionTwice() throws IOException {
    Script script = Script.tls13();
    ClientHelloMessage hello = script.hello();
    hello.addExtension(new ExtendedMasterSecretExtensionMessage());
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, script.sends(hello).alert());
  }

  /** RFC 8446, Section 4.1.2: no other key share than the one that was asked for. */
  @Test
  void refusesASecondClientHelloThatIsTheFirst() throws IOException {
    Script script = Script.tls13();
    script.config().setDefaultClientKeyShareNamedGroups(NamedGroup.SECP521R1);
    script
        .config()
        .setDefaultClientNamedGroups(
            NamedGroup.SECP521R1, NamedGroup.SECP256R1, NamedGroup.SECP384R1);
    assertEquals(
        AlertDescription.ILLEGAL_PARAMETER,
        script
            .sends(script.hello())
            .receivesTill(new ServerHelloMessage())
            .sends(script.hello())
            .alert());
  }

  /** RFC 8446, Section 4.4.4: "If incorrect ... MUST terminate ... with decrypt_error". */
  @Test
  void refusesAWrongFinishedOfTls13() throws IOException {
    Script script = Script.tls13();
    FinishedMessage finished = new FinishedMessage();
    finished.setVerifyData(Modifiable.xor(new byte[] {1}, 0));
    assertEquals(
        AlertDescription.DECRYPT_ERROR,
        script.sends(script.hello()).receivesTill(new FinishedMessage()).sends(finished).alert());
  }

  @Test
  void refusesAWrongFinishedOfTls12() throws IOException {
    Script script = Script.tls12();
    FinishedMessage finished = new FinishedMessage();
    finished.setVerifyData(Modifiable.xor(new byte[] {1}, 0));
    assertEquals(
        AlertDescription.DECRYPT_ERROR,
        script
            .sends(script.hello())
            .receivesTill(new ServerHelloDoneMessage())
            .sends(new ECDHClientKeyExchangeMessage(), new ChangeCipherSpecMessage(), finished)
            .alert());
  }

  /** RFC 5246, Section 7.1: after the key exchange and not before. */
  @Test
  void refusesAnEarlyChangeCipherSpec() throws IOException {
    Script script = Script.tls12();
    assertEquals(
        AlertDescription.UNEXPECTED_MESSAGE,
        script
            .sends(script.hello())
            .receivesTill(new ServerHelloDoneMessage())
            .sends(new ChangeCipherSpecMessage())
            .alert());
  }

  /** RFC 5246, Section 7.4.9. */
  @Test
  void refusesAFinishedBeforeChangeCipherSpec() throws IOException {
    Script script = Script.tls12();
    assertEquals(
        AlertDescription.UNEXPECTED_MESSAGE,
        script
            .sends(script.hello())
            .receivesTill(new ServerHelloDoneMessage())
            .sends(new ECDHClientKeyExchangeMessage(), new FinishedMessage())
            .alert());
  }

  /** RFC 8446, Section 5: a record of an unexpected type ends in unexpected_message. */
  @Test
  void refusesARecordOfAnUnknownType() throws IOException {
    Script script = Script.tls12();
    Record record = new Record();
    record.setContentType(Modifiable.explicit((byte) 99));
    assertEquals(
        AlertDescription.UNEXPECTED_MESSAGE, script.sendsIn(script.hello(), record).alert());
  }

  /** RFC 5246, Section 7.2.2 has an alert for it. */
  @Test
  void refusesRenegotiation() throws IOException {
    Script script = connected12();
    assertEquals(AlertDescription.NO_RENEGOTIATION, script.sends(script.hello()).alert());
  }

  /** Nor is it taken from a client that asks as a server would. */
  @Test
  void refusesRenegotiationAskedForByHelloRequest() throws IOException {
    assertEquals(
        AlertDescription.NO_RENEGOTIATION, connected12().sends(new HelloRequestMessage()).alert());
  }

  /** RFC 8446, Section 4: no ClientHello after the first flight. */
  @Test
  void refusesAClientHelloInAConnectionOfTls13() throws IOException {
    Script script = connected13();
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, script.sends(script.hello()).alert());
  }

  /** A few are answered; thousands without data between are a flood. */
  @Test
  void endsAFloodOfKeyUpdates() throws IOException {
    Script script = connected13();
    for (int i = 0; i < 64; i++) {
      script.sends(new KeyUpdateMessage());
    }
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, script.alert());
  }

  /** RFC 8446, Section 5.2: what is longer than allowed ends in record_overflow. */
  @Test
  void refusesARecordThatIsTooLong() throws IOException {
    Script script = connected12();
    ApplicationMessage message = new ApplicationMessage();
    message.setDataConfig(new byte[20_000]);
    Record record = new Record();
    record.setMaxRecordLengthConfig(20_000);
    assertEquals(AlertDescription.RECORD_OVERFLOW, script.sendsIn(message, record).alert());
  }

  /** RFC 5246, Section 7.4.1.2: a session ID has 32 bytes at most. */
  @Test
  void refusesASessionIdThatIsTooLong() throws IOException {
    Script script = Script.tls12();
    ClientHelloMessage hello = script.hello();
    byte[] id = new byte[33];
    Arrays.fill(id, (byte) 7);
    hello.setSessionId(Modifiable.explicit(id));
    assertEquals(AlertDescription.DECODE_ERROR, script.sends(hello).alert());
  }
}
