/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.keyfiles.FileWatch;
import dev.reprise.jsse.ServerIdentity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificates that are in the files now. What cannot be used changes nothing, and is
 * told in one sentence. {@link #look} is for one thread.
 */
final class CertificateWatch {
  /** How often files are looked at. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final CertificateFiles files;
  private final RunningSettings running;
  private final Logger log;
  private final FileWatch watch;
  private List<ServerIdentity> identities;
  private List<X509Certificate> authorities;
  private @Nullable String refusal;

  /**
   * @param config with what the files held when they were read first
   */
  CertificateWatch(
      CertificateFiles files, GatewayConfig config, RunningSettings running, Logger log) {
    this.files = files;
    this.running = running;
    this.log = log;
    // It has taken nothing yet: a change since the files were read first is seen.
    this.watch = new FileWatch(files.paths());
    this.identities = config.identities();
    this.authorities = config.clientCertificates().authorities();
  }

  /** Looks every second, on a thread of its own: a file may lie on a disk that does not answer. */
  ScheduledExecutorService start() {
    ScheduledExecutorService watcher =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reprise-certificates").daemon().factory());
    var _ =
        watcher.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watcher;
  }

  void look() {
    if (!watch.isDue()) {
      return;
    }
    try {
      List<ServerIdentity> next = files.identities();
      List<X509Certificate> nextAuthorities = files.authorities();
      if (watch.isUnchanged()) {
        take(next, nextAuthorities);
        watch.taken(true);
      }
    } catch (ConfigurationException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      refuse("The files cannot be read (" + Reason.of(e) + "); check them");
    }
  }

  private void take(List<ServerIdentity> next, List<X509Certificate> nextAuthorities) {
    boolean otherAuthorities = !nextAuthorities.equals(authorities);
    boolean otherIdentities = !next.isEmpty() && !next.equals(identities);
    if (otherAuthorities) {
      running.authorities().replace(nextAuthorities);
      authorities = nextAuthorities;
      log.log(
          Level.INFO, "The authorities of clients have changed: no session of before is resumed.");
    }
    if (otherIdentities) {
      running.identities().renew(next);
      identities = next;
      log.log(Level.INFO, "The certificates have changed: new connections are shown the new ones.");
    }
    if (refusal != null && !otherAuthorities && !otherIdentities) {
      log.log(Level.INFO, "The certificate files can be used again and hold what is in force.");
    }
    refusal = null;
  }

  private void refuse(String sentence) {
    if (!watch.isUnchanged()) {
      return; // Read while they changed: the next look tells.
    }
    watch.taken(false);
    if (!sentence.equals(refusal)) {
      refusal = sentence;
      log.log(Level.WARNING, "The certificates stay what they were: {0}.", sentence);
    }
  }
}
