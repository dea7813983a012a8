/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what tests cite in their class files, so that no module need know all others. */
final class Citations {
  private static final String UPHOLDS = Upholds.class.descriptorString();
  private static final String REFUSES = Refuses.class.descriptorString();
  private static final Set<String> RUN =
      Set.of(
          "Lorg/junit/jupiter/api/Test;",
          "Lorg/junit/jupiter/api/RepeatedTest;",
          "Lorg/junit/jupiter/api/TestFactory;",
          "Lorg/junit/jupiter/params/ParameterizedTest;",
          "Lnet/jqwik/api/Property;",
          "Lnet/jqwik/api/Example;");
  private static final String DISABLED = "Lorg/junit/jupiter/api/Disabled;";

  private Citations() {}

  /** All citations in the classes below {@code directory}. */
  static List<Citation> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .sorted()
          .flatMap(file -> in(parse(file)).stream())
          .toList();
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Citation> in(ClassModel type) {
    List<Citation> citations = new ArrayList<>();
    for (MethodModel method : type.methods()) {
      boolean runs = runs(type, method);
      String test = simpleName(type) + "." + method.methodName().stringValue();
      for (Annotation annotation : invisible(method)) {
        String kind = annotation.className().stringValue();
        if (kind.equals(UPHOLDS) || kind.equals(REFUSES)) {
          ids(annotation)
              .forEach(id -> citations.add(new Citation(id, test, kind.equals(REFUSES), runs)));
        }
      }
    }
    return citations;
  }

  private static boolean runs(ClassModel type, MethodModel method) {
    List<String> marks = visible(method);
    return marks.stream().anyMatch(RUN::contains)
        && !marks.contains(DISABLED)
        && !names(
                type.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                    .flatMap(found -> found.annotations().stream()))
            .contains(DISABLED);
  }

  private static List<String> visible(MethodModel method) {
    return names(
        method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
            .flatMap(found -> found.annotations().stream()));
  }

  private static List<Annotation> invisible(MethodModel method) {
    return method.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
        .flatMap(found -> found.annotations().stream())
        .toList();
  }

  private static List<String> names(Stream<Annotation> annotations) {
    return annotations.map(annotation -> annotation.className().stringValue()).toList();
  }

  private static Stream<String> ids(Annotation annotation) {
    return annotation.elements().stream()
        .map(AnnotationElement::value)
        .flatMap(value ->
            value instanceof AnnotationValue.OfArray array
                ? array.values().stream()
                : Stream.of(value))
        .map(value -> ((AnnotationValue.OfString) value).stringValue());
  }

  private static String simpleName(ClassModel type) {
    String name = type.thisClass().asInternalName();
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
