/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import org.jspecify.annotations.Nullable;

/** What applications bind to a session. All sessions of one lineage share it. */
final class BoundValues {
  private final Map<String, Object> values = new ConcurrentHashMap<>();

  void put(SSLSession session, String name, Object value) {
    Object replaced = values.put(name, value);
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueBound(new SSLSessionBindingEvent(session, name));
    }
    unbound(session, name, replaced);
  }

  @Nullable Object get(String name) {
    return values.get(name);
  }

  void remove(SSLSession session, String name) {
    unbound(session, name, values.remove(name));
  }

  String[] names() {
    return values.keySet().toArray(new String[0]);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Takes what was bound while the handshake was under way: nobody is told again. */
  void takeFrom(BoundValues earlier) {
    values.putAll(earlier.values);
  }

  private static void unbound(SSLSession session, String name, @Nullable Object value) {
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueUnbound(new SSLSessionBindingEvent(session, name));
    }
  }
}
