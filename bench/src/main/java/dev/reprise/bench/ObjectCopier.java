/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies an object with all that is its own: what it and another one of its kind lead to by the
 * same fields is shared, and whatever differs is copied. So a copy takes as much memory as either.
 */
final class ObjectCopier {
  /** What has to be opened for sessions of SunJSSE. */
  static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.locks",
          "javax.net.ssl",
          "javax.crypto.spec",
          "com.sun.crypto.provider",
          "sun.security.ssl");

  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
  private final Object unsafe;
  private final Method allocate;
  private final Object original;
  private final Object other;

  /**
   * @param other made in the same way as the original, with nothing in it that is the original's
   */
  ObjectCopier(Object original, Object other) throws ReflectiveOperationException {
    this.original = original;
    this.other = other;
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field instance = type.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    unsafe = instance.get(null);
    allocate = type.getMethod("allocateInstance", Class.class);
  }

  /** Not safe for threads. */
  Object copy() throws ReflectiveOperationException {
    copies.clear();
    return copied(original, other);
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is shared is the question.
  private Object copied(Object from, Object beside) throws ReflectiveOperationException {
    if (from == beside) {
      return from;
    }
    Object known = copies.get(from);
    if (known != null) {
      return known;
    }
    if (from.getClass() != beside.getClass()) {
      throw new IllegalStateException(
          "One has a " + from.getClass() + " where the other has a " + beside.getClass());
    }
    return from.getClass().isArray() ? array(from, beside) : object(from, beside);
  }

  private Object object(Object from, Object beside) throws ReflectiveOperationException {
    Object copy = allocate.invoke(unsafe, from.getClass());
    copies.put(from, copy);
    for (Field field : fields(from.getClass())) {
      Object value = field.get(from);
      if (!field.getType().isPrimitive()) {
        value = value(value, field.get(beside));
      }
      field.set(copy, value);
    }
    return copy;
  }

  private Object array(Object from, Object beside) throws ReflectiveOperationException {
    int length = Array.getLength(from);
    Object copy = Array.newInstance(from.getClass().getComponentType(), length);
    copies.put(from, copy);
    if (from instanceof Object[] elements) {
      Object[] others = (Object[]) beside;
      for (int i = 0; i < length; i++) {
        Array.set(copy, i, value(elements[i], i < others.length ? others[i] : null));
      }
    } else {
      System.arraycopy(from, 0, copy, 0, length);
    }
    return copy;
  }

  private @Nullable Object value(@Nullable Object from, @Nullable Object beside)
      throws ReflectiveOperationException {
    if (from == null) {
      return null;
    }
    if (beside == null) {
      throw new IllegalStateException("One has a " + from.getClass() + ", the other has not");
    }
    return copied(from, beside);
  }

  private List<Field> fields(Class<?> type) {
    return fields.computeIfAbsent(type, ObjectCopier::declared);
  }

  private static List<Field> declared(Class<?> type) {
    List<Field> declared = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          declared.add(field);
        }
      }
    }
    return declared;
  }
}
