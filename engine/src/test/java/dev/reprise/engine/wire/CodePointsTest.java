/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.EnumSet;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The small tables: code to constant and back, and the limits by type. */
final class CodePointsTest {
  @Test
  void findsEveryConstantByItsCodeAndNothingElse() {
    assertTable(AlertDescription.class, AlertDescription::code, AlertDescription::of);
    assertTable(ContentType.class, ContentType::code, ContentType::of);
    assertTable(HandshakeType.class, HandshakeType::code, HandshakeType::of);
    assertTable(ProtocolVersion.class, ProtocolVersion::code, ProtocolVersion::of);
  }

  private static <E extends Enum<E>> void assertTable(
      Class<E> type, ToIntFunction<E> code, IntFunction<@Nullable E> of) {
    EnumSet<E> found = EnumSet.noneOf(type);
    for (int value = -2; value <= 0x1_0000; value++) {
      E constant = of.apply(value);
      if (constant != null) {
        assertEquals(value, code.applyAsInt(constant));
        found.add(constant);
      }
    }
    assertEquals(EnumSet.allOf(type), found);
  }

  @Test
  void writesAlertsAsTheRfcDoes() {
    assertEquals("illegal_parameter", AlertDescription.ILLEGAL_PARAMETER.rfcName());
    assertEquals(117, AlertDescription.GENERAL_ERROR.code());
  }

  @Test
  void namesVersionsAsJsseDoes() {
    assertEquals("TLSv1.2", ProtocolVersion.TLS12.standardName());
    assertEquals("TLSv1.3", ProtocolVersion.TLS13.standardName());
    assertNull(ProtocolVersion.of(0x0302));
  }

  @ParameterizedTest
  @EnumSource
  void boundsAClientHelloMoreTightlyThanTheRest(HandshakeType type) {
    int expected = type == HandshakeType.CLIENT_HELLO ? 16_384 : 65_536;

    assertEquals(expected, Limits.messageBytes(type));
  }

  @Test
  void turnsEachFailureIntoItsAlert() {
    assertSame(AlertDescription.DECODE_ERROR, new DecodeException("x").alert());
    assertSame(AlertDescription.ILLEGAL_PARAMETER, TlsException.illegalParameter("x").alert());
    assertSame(AlertDescription.UNEXPECTED_MESSAGE, TlsException.unexpectedMessage("x").alert());
    assertSame(AlertDescription.INTERNAL_ERROR, TlsException.internal("x", null).alert());
    assertSame(
        AlertDescription.PROTOCOL_VERSION,
        TlsException.incompatible(AlertDescription.PROTOCOL_VERSION, "x").alert());
  }

  @Test
  void keepsTheCauseOfAnInternalFault() {
    IllegalStateException cause = new IllegalStateException("provider");
    TlsException exception = TlsException.internal("The provider failed", cause);

    assertSame(cause, exception.getCause());
    assertEquals("The provider failed", exception.getMessage());
    assertNotNull(exception.failure());
  }

  @Test
  void namesTheAlertThatThePeerSent() {
    TlsFailure received = new TlsFailure.AlertReceived(AlertDescription.UNKNOWN_CA);

    assertEquals("The peer sent the alert unknown_ca", received.sentence());
    assertSame(AlertDescription.UNKNOWN_CA, received.alert());
  }
}
