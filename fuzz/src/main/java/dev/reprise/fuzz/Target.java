/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.util.Locale;

/** What is fuzzed: a class with the method that Jazzer calls, and a folder of seeds. */
enum Target {
  RECORDS(RecordTarget.class, 4096),
  MESSAGES(MessageTarget.class, 2048),
  EXTENSIONS(ExtensionTarget.class, 512),
  SESSIONS(SessionTarget.class, 2048),
  KEYFILES(KeyFileTarget.class, 512),
  FLEET(FleetTarget.class, 2048),
  SERVER(ServerTarget.class, 4096),
  CLIENT(ClientTarget.class, 4096);

  final Class<?> type;

  /** Bytes of the longest input that a fuzzer makes. */
  final int longest;

  Target(Class<?> type, int longest) {
    this.type = type;
    this.longest = longest;
  }

  /** As in folders and on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  void run(byte[] input) {
    switch (this) {
      case RECORDS -> RecordTarget.fuzzerTestOneInput(input);
      case MESSAGES -> MessageTarget.fuzzerTestOneInput(input);
      case EXTENSIONS -> ExtensionTarget.fuzzerTestOneInput(input);
      case SESSIONS -> SessionTarget.fuzzerTestOneInput(input);
      case KEYFILES -> KeyFileTarget.fuzzerTestOneInput(input);
      case FLEET -> FleetTarget.fuzzerTestOneInput(input);
      case SERVER -> ServerTarget.fuzzerTestOneInput(input);
      case CLIENT -> ClientTarget.fuzzerTestOneInput(input);
    }
  }
}
