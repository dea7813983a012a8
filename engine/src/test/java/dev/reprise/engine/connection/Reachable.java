/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
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
import org.jspecify.annotations.Nullable;

/** What a connection holds on to, without what it shares with others. */
final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private Reachable() {}

  /** Everything of class {@code wanted} that can be reached from {@code roots}. */
  static <T> Set<T> from(Class<T> wanted, Object... roots) {
    Reachable walk = new Reachable();
    for (Object root : roots) {
      walk.add(root);
    }
    Set<T> found = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!walk.open.isEmpty()) {
      Object next = walk.open.pop();
      if (wanted.isInstance(next)) {
        found.add(wanted.cast(next));
      }
      walk.follow(next);
    }
    return found;
  }

  private void add(@Nullable Object object) {
    if (object == null || object instanceof ServerConfig || object instanceof ClientConfig) {
      return;
    }
    boolean ours = object.getClass().getPackageName().startsWith("dev.reprise.");
    boolean container = object instanceof Collection<?> || object instanceof Map<?, ?>;
    if ((ours || container) && !(object instanceof Enum<?>) && seen.add(object)) {
      open.push(object);
    }
  }

  private void follow(Object object) {
    switch (object) {
      case Collection<?> collection -> List.copyOf(collection).forEach(this::add);
      case Map<?, ?> map -> List.copyOf(map.values()).forEach(this::add);
      default -> {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
          followFields(object, type);
        }
      }
    }
  }

  private void followFields(Object object, Class<?> type) {
    if (!type.getPackageName().startsWith("dev.reprise.")) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        field.setAccessible(true);
        try {
          add(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
