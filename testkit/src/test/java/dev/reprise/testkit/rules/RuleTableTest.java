/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleTableTest {
  private static final String RULES =
      """
      ## A. Apples

      | id | state |
      |---|---|
      | A1 | M | ripe | applies |
      | A2 | M | peeled | open: knives |
      | A3 | M | cored | open: knives |

      ## B. Pears

      | B1 | S | canned | not applicable: fresh ones only |
      """;

  @TempDir Path project;

  @BeforeEach
  void writeRules() throws IOException {
    rules(RULES);
  }

  @Test
  void countsWhatIsCoveredAndSaysWhyTheRestIsNot() throws IOException {
    tests(type -> {
      test(type, "ripe", Test.class, Upholds.class, "A1");
      test(type, "unripe", Test.class, Refuses.class, "A1", "A2");
    });
    String printed = print(true);
    assertTrue(printed.contains("A. Apples                                         1"), printed);
    assertTrue(printed.contains("open: A2-A3: knives"), printed);
    assertTrue(printed.contains("not applicable: B1: fresh ones only"), printed);
  }

  @Test
  void failsWhenARuleLosesItsTest() throws IOException {
    tests(type -> test(type, "ripe", Test.class, Upholds.class, "A1"));
    assertLast("A1 applies, and no test is marked @Refuses(\"A1\").");
    tests(type -> test(type, "unripe", Test.class, Refuses.class, "A1"));
    assertLast("A1 applies, and no test is marked @Upholds(\"A1\").");
  }

  @Test
  void failsWhenWhatCitesIsNotRun() throws IOException {
    tests(type -> {
      test(type, "ripe", Test.class, Upholds.class, "A1");
      test(type, "unripe", Disabled.class, Refuses.class, "A1");
    });
    String printed = print(false);
    assertTrue(printed.contains("FruitTest.unripe cites A1 but is no test"), printed);
    assertTrue(printed.contains("no test is marked @Refuses(\"A1\")"), printed);
  }

  @Test
  void failsWhenATestCitesWhatIsNoRule() throws IOException {
    tests(type -> {
      test(type, "ripe", Test.class, Upholds.class, "A1");
      test(type, "unripe", Test.class, Refuses.class, "A1", "C7");
    });
    assertLast("FruitTest.unripe cites C7, which docs/rules.md does not have.");
  }

  @Test
  void failsWhenAListIsNotWhole() throws IOException {
    rules(RULES.replace("| A2 | M | peeled | open: knives |\n", ""));
    assertEquals("docs/rules.md: A3 stands where A2 belongs", print(false).strip());
    rules(RULES.replace("open: knives", "later"));
    assertTrue(print(false).startsWith("docs/rules.md: A2 is neither"));
    rules("nothing");
    assertEquals("docs/rules.md: there are no rules", print(false).strip());
  }

  private void rules(String text) throws IOException {
    Files.createDirectories(project.resolve("docs"));
    Files.writeString(project.resolve("docs/rules.md"), text);
  }

  private void assertLast(String sentence) throws IOException {
    assertEquals(sentence, print(false).strip().lines().toList().getLast());
  }

  private String print(boolean well) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean result = RuleTable.print(project, new PrintStream(out, true, StandardCharsets.UTF_8));
    String printed = out.toString(StandardCharsets.UTF_8);
    if (well) {
      assertTrue(result, printed);
    } else {
      assertFalse(result, printed);
    }
    return printed;
  }

  /** A class file of tests, which the build of this module must not have among its own. */
  private void tests(Consumer<ClassBuilder> methods) throws IOException {
    Path classes = Files.createDirectories(project.resolve("module/target/test-classes"));
    ClassFile.of().buildTo(classes.resolve("FruitTest.class"), ClassDesc.of("FruitTest"), methods);
  }

  private static void test(
      ClassBuilder type,
      String name,
      Class<? extends Annotation> mark,
      Class<? extends Annotation> kind,
      String... ids) {
    AnnotationValue[] values =
        Arrays.stream(ids).map(AnnotationValue::ofString).toArray(AnnotationValue[]::new);
    var cites =
        java.lang.classfile.Annotation.of(
            kind.describeConstable().orElseThrow(),
            AnnotationElement.of("value", AnnotationValue.ofArray(values)));
    var marks = java.lang.classfile.Annotation.of(mark.describeConstable().orElseThrow());
    type.withMethod(
        name,
        ConstantDescs.MTD_void,
        ClassFile.ACC_ABSTRACT,
        method ->
            method
                .with(RuntimeVisibleAnnotationsAttribute.of(marks))
                .with(RuntimeInvisibleAnnotationsAttribute.of(cites)));
  }
}
