/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random values of everything that has a grammar, over the whole range that it allows. */
final class WireArbitraries {
  private static final long UINT32 = 0xffff_ffffL;

  private WireArbitraries() {}

  /** A message together with a dialect that has it. */
  record Spoken(Dialect dialect, HandshakeMessage message) {}

  static Arbitrary<Opaque> opaque(int minimum, int maximum) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(minimum)
        .ofMaxSize(maximum)
        .map(Opaque::takeOver);
  }

  private static Arbitrary<Integer> uint8() {
    return Arbitraries.integers().between(0, 0xff);
  }

  static Arbitrary<Integer> uint16() {
    return Arbitraries.integers().between(0, 0xffff);
  }

  static Arbitrary<Long> uint32() {
    return Arbitraries.longs().between(0, UINT32);
  }

  static Arbitrary<Uint16List> codes(int minimum, int maximum) {
    return uint16()
        .array(Integer[].class)
        .ofMinSize(minimum)
        .ofMaxSize(maximum)
        .map(codes -> {
          int[] values = new int[codes.length];
          for (int i = 0; i < codes.length; i++) {
            values[i] = codes[i];
          }
          return Uint16List.of(values);
        });
  }

  private static <T> Arbitrary<List<T>> listOf(Arbitrary<T> element, int minimum) {
    return element.list().ofMinSize(minimum).ofMaxSize(5);
  }

  private static Arbitrary<KeyShareEntry> keyShareEntry() {
    return Combinators.combine(uint16(), opaque(1, 300)).as(KeyShareEntry::new);
  }

  private static Arbitrary<String> hostName() {
    return Arbitraries.bytes()
        .between((byte) '!', (byte) '~')
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(255)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  /** A type that is understood in no message. */
  static Arbitrary<UnknownExtension> unknownExtension() {
    return Combinators.combine(
            uint16().filter(type -> !ExtensionContextTest.UNDERSTOOD.contains(type)), opaque(0, 40))
        .as(UnknownExtension::new);
  }

  private static Arbitrary<Extension> extension(ExtensionContext context) {
    return Arbitraries.oneOf(extensions(context)).map(extension -> extension);
  }

  private static List<Arbitrary<? extends Extension>> extensions(ExtensionContext context) {
    List<Arbitrary<? extends Extension>> kinds = new ArrayList<>();
    kinds.add(unknownExtension());
    kinds.addAll(
        switch (context) {
          case CLIENT_HELLO -> inClientHello();
          case SERVER_HELLO -> inServerHello();
          case HELLO_RETRY_REQUEST ->
              List.of(
                  uint16().map(SelectedVersion::new),
                  opaque(1, 100).map(Cookie::new),
                  uint16().map(RetryKeyShare::new));
          case ENCRYPTED_EXTENSIONS ->
              List.of(
                  Arbitraries.just(new ServerName(null)),
                  Arbitraries.just(new EarlyDataIndication()),
                  uint8().map(ExpectedTickets::new),
                  codes(1, 20).map(SupportedGroups::new),
                  applicationProtocols());
          case CERTIFICATE -> List.of();
          case CERTIFICATE_REQUEST ->
              List.of(
                  codes(1, 20).map(SignatureAlgorithms::new),
                  codes(1, 20).map(SignatureAlgorithmsCert::new),
                  listOf(opaque(1, 40), 1).map(CertificateAuthorities::new));
          case NEW_SESSION_TICKET -> List.of(uint32().map(TicketEarlyData::new));
        });
    return kinds;
  }

  private static List<Arbitrary<? extends Extension>> inClientHello() {
    Arbitrary<PskIdentity> identity =
        Combinators.combine(opaque(1, 100), uint32()).as(PskIdentity::new);
    return List.of(
        hostName().map(ServerName::new),
        codes(1, 20).map(SupportedGroups::new),
        opaque(1, 255).map(EcPointFormats::new),
        codes(1, 20).map(SignatureAlgorithms::new),
        codes(1, 20).map(SignatureAlgorithmsCert::new),
        applicationProtocols(),
        Arbitraries.just(new ExtendedMasterSecret()),
        opaque(0, 255).map(RenegotiationInfo::new),
        opaque(0, 300).map(SessionTicketTls12::new),
        codes(1, 127).map(SupportedVersions::new),
        opaque(1, 300).map(Cookie::new),
        listOf(keyShareEntry(), 0).map(ClientKeyShares::new),
        opaque(1, 255).map(PskKeyExchangeModes::new),
        Combinators.combine(listOf(identity, 1), listOf(opaque(32, 255), 1)).as(OfferedPsks::new),
        Arbitraries.just(new EarlyDataIndication()),
        listOf(opaque(1, 40), 1).map(CertificateAuthorities::new),
        Arbitraries.just(new PostHandshakeAuth()),
        Combinators.combine(uint8(), uint8()).as(TicketRequest::new));
  }

  private static List<Arbitrary<? extends Extension>> inServerHello() {
    return List.of(
        Arbitraries.just(new ServerName(null)),
        opaque(1, 255).map(EcPointFormats::new),
        applicationProtocols(),
        Arbitraries.just(new ExtendedMasterSecret()),
        opaque(0, 255).map(RenegotiationInfo::new),
        Arbitraries.just(new SessionTicketTls12(Opaque.EMPTY)),
        uint16().map(SelectedVersion::new),
        keyShareEntry().map(ServerKeyShare::new),
        uint16().map(SelectedPsk::new));
  }

  private static Arbitrary<ApplicationProtocols> applicationProtocols() {
    return listOf(opaque(1, 255), 1).map(ApplicationProtocols::new);
  }

  /** A block for that message, of up to ten extensions and none twice. */
  static Arbitrary<Extensions> block(ExtensionContext context) {
    return extension(context).list().ofMaxSize(10).map(WireArbitraries::withoutRepetitions);
  }

  private static Extensions withoutRepetitions(List<Extension> extensions) {
    Set<Integer> types = new HashSet<>();
    return Extensions.of(
        extensions.stream()
            .filter(extension -> types.add(extension.type()))
            .toArray(Extension[]::new));
  }

  static Arbitrary<Spoken> spoken() {
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of(Dialect.class), hello()).as(Spoken::new),
        tls12().map(message -> new Spoken(Dialect.TLS12, message)),
        tls13().map(message -> new Spoken(Dialect.TLS13, message)));
  }

  private static Arbitrary<HandshakeMessage> hello() {
    Arbitrary<ClientHello> clientHello =
        Combinators.combine(
                uint16(),
                opaque(32, 32),
                opaque(0, 32),
                codes(1, 30),
                opaque(1, 255),
                block(ExtensionContext.CLIENT_HELLO))
            .as(ClientHello::new);
    Arbitrary<Integer> compression = Arbitraries.integers().between(0, 0xff);
    Arbitrary<ServerHello> serverHello =
        Combinators.combine(
                uint16(),
                opaque(32, 32),
                opaque(0, 32),
                uint16(),
                compression,
                block(ExtensionContext.SERVER_HELLO))
            .as(ServerHello::new);
    Arbitrary<ServerHello> retry =
        Combinators.combine(
                uint16(),
                Arbitraries.just(ServerHello.HELLO_RETRY_REQUEST_RANDOM),
                opaque(0, 32),
                uint16(),
                compression,
                block(ExtensionContext.HELLO_RETRY_REQUEST))
            .as(ServerHello::new);
    return Arbitraries.oneOf(clientHello, serverHello, retry).map(message -> message);
  }

  private static Arbitrary<HandshakeMessage> tls12() {
    return Arbitraries.oneOf(
            Arbitraries.just(new HelloRequest()),
            Arbitraries.just(new ServerHelloDone()),
            listOf(opaque(1, 300), 0).map(Certificate12::new),
            Combinators.combine(opaque(1, 255), codes(1, 20), listOf(opaque(1, 40), 0))
                .as(CertificateRequest12::new),
            certificateVerify(),
            Combinators.combine(uint16(), opaque(1, 255), uint16(), opaque(0, 600))
                .as(ServerKeyExchange::new),
            opaque(1, 255).map(ClientKeyExchange::new),
            Combinators.combine(uint32(), opaque(0, 600)).as(NewSessionTicket12::new),
            opaque(12, 12).map(Finished::new))
        .map(message -> message);
  }

  private static Arbitrary<HandshakeMessage> tls13() {
    Arbitrary<CertificateEntry> entry =
        Combinators.combine(opaque(1, 300), block(ExtensionContext.CERTIFICATE))
            .as(CertificateEntry::new);
    return Arbitraries.oneOf(
            Arbitraries.just(new EndOfEarlyData()),
            block(ExtensionContext.ENCRYPTED_EXTENSIONS).map(EncryptedExtensions::new),
            Combinators.combine(opaque(0, 255), listOf(entry, 0)).as(Certificate13::new),
            Combinators.combine(opaque(0, 255), block(ExtensionContext.CERTIFICATE_REQUEST))
                .as(CertificateRequest13::new),
            certificateVerify(),
            Combinators.combine(
                    uint32(),
                    uint32(),
                    opaque(0, 255),
                    opaque(1, 600),
                    block(ExtensionContext.NEW_SESSION_TICKET))
                .as(NewSessionTicket13::new),
            Arbitraries.oneOf(opaque(32, 32), opaque(48, 48)).map(Finished::new),
            Arbitraries.of(true, false).map(KeyUpdate::new))
        .map(message -> message);
  }

  private static Arbitrary<CertificateVerify> certificateVerify() {
    return Combinators.combine(uint16(), opaque(0, 600)).as(CertificateVerify::new);
  }
}
