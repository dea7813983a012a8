/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that what contexts remember ends when it should, although no client comes: one daemon
 * thread for all contexts. It keeps none of them alive, and ends a second after the last one.
 */
final class Housekeeper {
  /** How long a key or a session outlives its end at most. */
  private static final Duration EVERY = Duration.ofSeconds(10);

  private static final ScheduledThreadPoolExecutor THREAD = executor();

  private Housekeeper() {}

  static void lookAfter(ServerSessions sessions) {
    lookAfter(sessions, EVERY);
  }

  static void lookAfter(ServerSessions sessions, Duration every) {
    schedule(new WeakReference<>(sessions), every);
  }

  private static void schedule(WeakReference<ServerSessions> reference, Duration every) {
    var _ = THREAD.schedule(() -> tidy(reference, every), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void tidy(WeakReference<ServerSessions> reference, Duration every) {
    ServerSessions sessions = reference.get();
    if (sessions == null) {
      return;
    }
    try {
      sessions.tidy();
    } catch (RuntimeException | Error _) {
      // Somebody's source of keys breaks its promise; it is asked again.
    }
    schedule(reference, every);
  }

  /** It outlives whoever made the first context, and must hold nothing of his. */
  static Thread thread(Runnable work) {
    Thread thread =
        Thread.ofPlatform()
            .name("reprise-housekeeper")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(work);
    thread.setContextClassLoader(null);
    return thread;
  }

  private static ScheduledThreadPoolExecutor executor() {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Housekeeper::thread);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
