/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.jsse.Revocations;
import dev.reprise.jsse.ServerIdentity;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that runs, from {@link #start} to {@link #close}. Its threads are daemons: whoever
 * starts one keeps the process alive, for example in {@link #awaitClose}.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Gateway.class.getName());

  /** For the last close_notify alerts to leave. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  /** How long at most a ticket key outlives its end. */
  private static final int TIDY_SECONDS = 1;

  private final GatewayConfig config;
  private final TlsTermination termination;
  private final EventLoopGroup loops;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("reprise-task-", 0).factory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final GatewayMetrics metrics = new GatewayMetrics(clients::size);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Listener frontend;
  private final Listener admin;
  private final Revocations revocations;
  private volatile @Nullable ExecutorService watcher;

  private Gateway(
      GatewayConfig config, Revocations revocations, Function<GatewayMetrics, TlsTermination> tls)
      throws ConfigurationException, ListenException {
    this.config = config;
    this.revocations = revocations;
    InetSocketAddress listen = config.listen().resolveFirst();
    InetSocketAddress adminAddress = adminAddress(config);
    termination = tls.apply(metrics);
    // Nothing waits on a loop, so that more of them than processors would only take turns; Netty's
    // own property may ask for another number.
    loops =
        new MultiThreadIoEventLoopGroup(
            Integer.getInteger(
                "io.netty.eventLoopThreads", Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("reprise-io", true),
            NioIoHandler.newFactory());
    try {
      admin =
          Listener.bind(
              loops, config.admin(), adminAddress, adminServer(adminAddress).initializer());
      frontend = Listener.bind(loops, config.listen(), listen, tlsFrontend().initializer());
    } catch (ListenException e) {
      stop();
      throw e;
    }
    loops.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
  }

  /** A timer does not come back to what has thrown; keys would then end without being wiped. */
  private void tidy() {
    try {
      termination.tidy();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "Ended keys and sessions could not be looked for; trying again.", e);
    }
  }

  /**
   * Starts to listen.
   *
   * @throws ConfigurationException if an address is not one of this machine, the admin address can
   *     be reached from others, or the files of ticket keys or of the fleet key cannot be used
   * @throws ListenException if an address is taken
   */
  public static Gateway start(GatewayConfig config) throws ConfigurationException, ListenException {
    Gateway gateway =
        switch (config.provider()) {
          case REPRISE -> startReprise(config);
          case SUN_JSSE -> startSunJsse(config);
        };
    if (config.identities().isEmpty()) {
      // Said once it is true: where a port is taken, that is all there is to say.
      LOG.log(
          Level.INFO,
          "No certificate was given: a development certificate for localhost, 127.0.0.1 and ::1"
              + " serves until the gateway stops.");
    }
    return gateway;
  }

  private static Gateway startReprise(GatewayConfig config)
      throws ConfigurationException, ListenException {
    FutureTask<ProviderChoice> search =
        new FutureTask<>(() -> ProviderChoice.fastest(new SecureRandom()));
    // It loads native libraries while this thread loads what else there is.
    Thread.ofPlatform().daemon().name("reprise-crypto").start(search);
    Gateway gateway = start(config, memory(config));
    tell(ProviderChoice.fastest(new SecureRandom()));
    return gateway;
  }

  private static Memory memory(GatewayConfig config) throws ConfigurationException {
    InstantSource clock = InstantSource.system();
    FleetPlace place = config.fleet();
    return place == null ? OwnMemory.of(config, clock) : FleetMemory.join(config, place, clock);
  }

  private static Gateway startSunJsse(GatewayConfig config)
      throws ConfigurationException, ListenException {
    Gateway gateway =
        start(config, new SunJsseTls(config, identities(config), InstantSource.system()));
    LOG.log(
        Level.INFO,
        "TLS is the JDK's (SunJSSE): sessions resume on this node only, revocations are not"
            + " heeded, and certificates are read once.");
    return gateway;
  }

  /** Which crypto provider does what, and what ought to be faster than it is. */
  private static void tell(ProviderChoice choice) {
    choice.unusable().forEach(sentence -> LOG.log(Level.WARNING, "{0}.", sentence));
    LOG.log(Level.INFO, "Cryptography: {0}.", choice.description());
  }

  private static Gateway start(GatewayConfig config, Memory memory)
      throws ConfigurationException, ListenException {
    RunningSettings running =
        RunningSettings.of(config, identities(config), memory.settings(), memory.clock());
    try {
      Gateway gateway =
          new Gateway(
              config,
              running.revocations(),
              metrics -> new RepriseTls(config, running, memory, metrics::resumptionRefused));
      gateway.follow(running);
      if (memory instanceof FleetMemory shared) {
        gateway.metrics.observe(shared.fleet());
      }
      return gateway;
    } catch (ConfigurationException | ListenException e) {
      memory.close();
      throw e;
    }
  }

  /** The same with another TLS implementation. */
  static Gateway start(GatewayConfig config, TlsTermination termination)
      throws ConfigurationException, ListenException {
    return new Gateway(
        config,
        RunningSettings.revocations(config.resumption(), InstantSource.system()),
        _ -> termination);
  }

  private void follow(RunningSettings running) {
    CertificateFiles files = config.certificateFiles();
    if (files != null && !files.paths().isEmpty()) {
      watcher = new CertificateWatch(files, config, running, LOG).start();
    }
  }

  private static List<ServerIdentity> identities(GatewayConfig config) {
    if (!config.identities().isEmpty()) {
      return config.identities();
    }
    return List.of(DevelopmentCertificate.create(InstantSource.system(), new SecureRandom()));
  }

  private AdminServer adminServer(InetSocketAddress address) {
    AdminAccess access =
        new AdminAccess(
            config.admin(),
            !address.getAddress().isLoopbackAddress(),
            config.adminSettings().token());
    return new AdminServer(access, metrics, revocations, closing::get, config.timeouts());
  }

  private TlsFrontend tlsFrontend() {
    HostPort address = config.backend();
    Backend backend =
        address == null
            ? new BuiltInBackend(config.node())
            : new BackendConnector(
                address,
                config.timeouts(),
                threads,
                new BackendHealth(address, metrics, InstantSource.system(), LOG));
    return new TlsFrontend(termination, metrics, backend, config.timeouts(), threads, clients);
  }

  /** Metrics tell much and ask for no password, so only this machine reads them by default. */
  private static InetSocketAddress adminAddress(GatewayConfig config)
      throws ConfigurationException {
    HostPort address = config.admin();
    InetSocketAddress resolved = address.resolveFirst();
    if (!config.adminSettings().allowRemote() && !resolved.getAddress().isLoopbackAddress()) {
      throw new ConfigurationException(
          "The admin address "
              + address
              + " can be reached from other machines; choose one of this machine alone, such as"
              + " 127.0.0.1:9443");
    }
    return resolved;
  }

  /** Where clients come in, with the real port. */
  public HostPort address() {
    return frontend.address();
  }

  /** Where health and metrics are, with the real port. */
  public HostPort adminAddress() {
    return admin.address();
  }

  /**
   * Accepts nothing more, lets open connections finish for as long as the configuration says,
   * closes the rest with a close_notify, and stops. Returns when all of it is done; a second call
   * waits for the first.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      frontend.close();
      clients.forEach(each -> each.pipeline().fireUserEventTriggered(GatewayEvent.DRAIN));
      clients.newCloseFuture().awaitUninterruptibly(config.timeouts().drain().toMillis());
      clients.close().awaitUninterruptibly(FAREWELL.toMillis());
      admin.close();
      stop();
      closed.countDown();
    } else {
      awaitClose();
    }
  }

  /** Waits until somebody else has closed the gateway, or the waiting thread is interrupted. */
  public void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    ExecutorService follower = watcher;
    if (follower != null) {
      follower.shutdownNow();
    }
    loops
        .shutdownGracefully(0, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(FAREWELL.toMillis());
    threads.shutdownNow();
    termination.close();
  }
}
