/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.crypto.ProviderChoice;
import java.io.File;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a JVM of its own, in which the engine is the module that it is for its users. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
final class ModulePathTest {
  private static final String CORRETTO = "com.amazon.corretto.crypto.provider";
  private static final String CONSCRYPT = "org.conscrypt";

  /** What the other JVM runs. */
  public static void main(String[] arguments) {
    ProviderChoice choice = ProviderChoice.fastest(new SecureRandom());
    System.out.println(
        String.join(
            " ",
            ProviderChoice.class.getModule().getName(),
            choice.providers().x25519().getClass().getModule().getName(),
            choice.providers().rsa().getClass().getModule().getName(),
            choice.unusable().toString()));
  }

  @Test
  void findsFastProvidersAmongTheModules() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                classPath("/classes", "AmazonCorretto", "conscrypt"),
                "--add-modules",
                "dev.reprise.engine," + CONSCRYPT,
                "--enable-native-access",
                CORRETTO + "," + CONSCRYPT,
                "--class-path",
                classPath("/test-classes"),
                ModulePathTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals("dev.reprise.engine " + CONSCRYPT + " " + CORRETTO + " []", said.strip());
  }

  /** The entries in whose last parts one of the names is. */
  private static String classPath(String... names) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> List.of(names).stream().anyMatch(name -> fits(entry, name)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean fits(String entry, String name) {
    Path path = Path.of(entry);
    return name.startsWith("/")
        ? path.getFileName().toString().equals(name.substring(1)) && entry.contains("engine")
        : path.getFileName().toString().contains(name);
  }
}
