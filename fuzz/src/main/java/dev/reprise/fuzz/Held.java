/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many bytes of arrays a connection holds on to, without what it shares with others. */
final class Held {
  private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final Set<Class<?>> shared;
  private long bytes;

  private Held(Set<Class<?>> shared) {
    this.shared = shared;
  }

  /** Of arrays of primitives alone: all that grows with what a peer sends is in one. */
  static long bytes(Object root, Set<Class<?>> shared) {
    Held walk = new Held(shared);
    walk.add(root);
    while (!walk.open.isEmpty()) {
      walk.follow(walk.open.pop());
    }
    return walk.bytes;
  }

  private void add(@Nullable Object object) {
    if (object == null || shared.contains(object.getClass()) || object instanceof Enum<?>) {
      return;
    }
    boolean ours = object.getClass().getName().startsWith("dev.reprise.");
    boolean container =
        object instanceof Collection<?>
            || object instanceof Map<?, ?>
            || object.getClass().isArray();
    if ((ours || container) && seen.add(object)) {
      open.push(object);
    }
  }

  private void follow(Object object) {
    switch (object) {
      case Collection<?> collection -> collection.forEach(this::add);
      case Map<?, ?> map -> map.values().forEach(this::add);
      case byte[] array -> bytes += array.length;
      case char[] array -> bytes += 2L * array.length;
      case Object[] array -> List.of(array).forEach(this::add);
      default -> {
        if (object.getClass().isArray()) {
          bytes += 8L * Array.getLength(object);
        } else {
          fields(object.getClass()).forEach(field -> add(get(field, object)));
        }
      }
    }
  }

  private static List<Field> fields(Class<?> type) {
    return FIELDS.computeIfAbsent(
        type,
        key -> {
          List<Field> fields = new java.util.ArrayList<>();
          for (Class<?> each = key;
              each != null && each.getName().startsWith("dev.reprise.");
              each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                fields.add(field);
              }
            }
          }
          return List.copyOf(fields);
        });
  }

  private static @Nullable Object get(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
