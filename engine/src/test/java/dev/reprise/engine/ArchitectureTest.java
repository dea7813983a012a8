/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows of ARCHITECTURE.md: each floor knows the floors below it and nothing else. */
final class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.reprise.engine");

  @Test
  void eachFloorKnowsOnlyTheFloorsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.reprise.engine..")
        .layer("connection")
        .definedBy("dev.reprise.engine")
        .layer("handshake")
        .definedBy("..engine.handshake")
        .layer("config")
        .definedBy("..engine.config")
        .layer("resumption")
        .definedBy("..engine.resumption")
        .layer("schedule")
        .definedBy("..engine.schedule")
        .layer("record")
        .definedBy("..engine.record")
        .layer("crypto")
        .definedBy("..engine.crypto..")
        .layer("wire")
        .definedBy("..engine.wire")
        .whereLayer("connection")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("handshake")
        .mayOnlyBeAccessedByLayers("connection")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("connection", "handshake")
        .whereLayer("resumption")
        .mayOnlyBeAccessedByLayers("connection", "handshake", "config")
        .whereLayer("schedule")
        .mayOnlyBeAccessedByLayers("connection", "handshake")
        .whereLayer("record")
        .mayOnlyBeAccessedByLayers("connection", "handshake")
        .check(ENGINE);
  }

  @Test
  void noPackageDependsOnItselfThroughAnother() {
    slices().matching("dev.reprise.engine.(*)..").should().beFreeOfCycles().check(ENGINE);
  }

  @Test
  void readsNoClockAndMakesNoRandomnessOfItsOwn() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callConstructor(java.security.SecureRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(ENGINE);
  }

  @Test
  void opensNoSocketStartsNoThreadAndLogsNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.channels..", "javax.net..", "java.util.logging..", "java.sql..")
        .orShould()
        .callMethod(Thread.class, "start")
        .orShould()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(System.class, "getLogger", String.class)
        .check(ENGINE);
  }
}
