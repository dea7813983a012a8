/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import dev.reprise.gateway.AdminSettings;
import dev.reprise.gateway.AdminToken;
import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.Gateway;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.ListenException;
import dev.reprise.gateway.TlsProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reprise serve}: runs the gateway until it is told to stop. */
@Command(
    name = "serve",
    customSynopsis = "reprise serve [FLAG]...",
    description = {
      "Ends TLS and hands the bytes to a backend.",
      "",
      "With no flag it runs: a development certificate, sessions in memory, ticket keys that renew"
          + " themselves, and a built-in backend that says how a connection was made.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "When it listens it writes one line to standard output. On SIGTERM or SIGINT it accepts"
          + " nothing more, lets open connections finish (--drain), and exits with 0.",
      "Exit codes: 0 stopped, 1 failed at run time (a port in use), 2 wrong usage.",
      "",
      "Example: reprise serve --listen 0.0.0.0:443 --backend 127.0.0.1:8080 --cert site.pem --key"
          + " site-key.pem"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger("dev.reprise.Serve");

  private static final GatewayConfig DEFAULTS = GatewayConfig.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      order = 10,
      converter = Converters.Address.class,
      description = "Where clients come in; port 0 takes a free one. Default: 127.0.0.1:8443.")
  private HostPort listen = DEFAULTS.listen();

  @Option(
      names = "--backend",
      paramLabel = "HOST:PORT",
      order = 11,
      converter = Converters.Address.class,
      description = "Where the clients' bytes go, over TCP. Default: the built-in backend.")
  private @Nullable HostPort backend;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      order = 12,
      converter = Converters.Address.class,
      description =
          "Where /healthz, /metrics and /revocations are, a loopback address. Default:"
              + " 127.0.0.1:9443.")
  private HostPort admin = DEFAULTS.admin();

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      order = 12,
      description =
          "A file with the token that changing calls of the admin listener present. Default: none,"
              + " and nothing can be changed.")
  private @Nullable Path adminTokenFile;

  @Option(
      names = "--allow-remote-admin",
      order = 12,
      description =
          "Let --admin be an address that other machines reach: all that do can read there.")
  private boolean allowRemoteAdmin;

  @Option(
      names = "--protocols",
      paramLabel = "LIST",
      order = 13,
      split = ",",
      converter = Converters.Protocol.class,
      description = "Versions of TLS, with a comma between. Default: both.")
  private List<String> protocols = DEFAULTS.protocols();

  @Option(
      names = "--provider",
      paramLabel = "Reprise|SunJSSE",
      order = 14,
      converter = Converters.Provider.class,
      description =
          "Whose TLS is spoken. The JDK's (SunJSSE) is for contrast: it keeps its sessions to itself,"
              + " and does not say why it has not resumed one. Default: Reprise.")
  private TlsProvider provider = TlsProvider.REPRISE;

  @Option(
      names = "--exit-with-input",
      order = 15,
      description =
          "Stop when standard input ends, so as not to outlive the process that holds its other"
              + " end.")
  private boolean exitWithInput;

  @ArgGroup(validate = false, order = 20, heading = "%nWho is who:%n")
  private IdentityOptions identity = new IdentityOptions();

  @ArgGroup(validate = false, order = 30, heading = "%nResumption:%n")
  private ResumptionOptions resumption = new ResumptionOptions();

  @ArgGroup(validate = false, order = 60, heading = "%nA fleet:%n")
  private FleetOptions fleet = new FleetOptions();

  @ArgGroup(validate = false, order = 40, heading = "%nWaiting (a number and ms, s, m, h or d):%n")
  private WaitOptions waits = new WaitOptions();

  @Override
  public Integer call() throws UsageException, ConfigurationException, IOException {
    Gateway gateway = start(config());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "reprise-stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "reprise listening on https://"
            + gateway.address()
            + " (admin http://"
            + gateway.adminAddress()
            + ")");
    out.flush();
    if (exitWithInput) {
      Thread.ofPlatform().daemon().name("reprise-input").start(ServeCommand::exitWithInput);
    }
    gateway.awaitClose();
    return ExitCode.FINE;
  }

  /** Its shutdown hook stops the gateway. */
  private static void exitWithInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException _) {
      // Then there is nobody either.
    }
    System.exit(ExitCode.FINE);
  }

  private GatewayConfig config() throws UsageException, ConfigurationException {
    if (backend != null && backend.port() == 0) {
      throw new UsageException("--backend " + backend + " names no port; give it the backend's");
    }
    resolved("--listen", listen);
    boolean remote = !resolved("--admin", admin).getAddress().isLoopbackAddress();
    if (remote && !allowRemoteAdmin) {
      throw new UsageException(
          "--admin "
              + admin
              + " can be reached from other machines; give it an address of this machine alone,"
              + " such as 127.0.0.1:9443, or allow it with --allow-remote-admin");
    }
    Matched flags = new Matched(spec.commandLine().getParseResult());
    ProviderFlags.check(provider, flags, resumption);
    return GatewayConfig.builder()
        .listen(listen)
        .admin(admin)
        .adminSettings(adminSettings())
        .backend(backend)
        .protocols(protocols)
        .resumption(resumption.settings())
        .provider(provider)
        .ticketKeyFiles(
            resumption.ticketKeyFiles(adminTokenFile != null || flags.has("--fleet-key")))
        .fleet(resumption.fleet(fleet, listen.toString(), flags))
        .node(fleet.node())
        .timeouts(waits.timeouts())
        .identities(identity.identities())
        .certificateFiles(identity.files())
        .clientCertificates(identity.clientCertificates())
        .build();
  }

  private AdminSettings adminSettings() throws UsageException {
    if (adminTokenFile == null) {
      return new AdminSettings(allowRemoteAdmin, null);
    }
    try {
      return new AdminSettings(
          allowRemoteAdmin,
          AdminToken.read(adminTokenFile, resumption.allowsInsecurePermissions()));
    } catch (ConfigurationException e) {
      throw new UsageException("--admin-token-file: " + e.getMessage());
    }
  }

  private static InetSocketAddress resolved(String flag, HostPort address) throws UsageException {
    try {
      return address.resolveFirst();
    } catch (ConfigurationException e) {
      throw new UsageException(flag + " " + e.getMessage());
    }
  }

  private Gateway start(GatewayConfig config)
      throws UsageException, ConfigurationException, IOException {
    try {
      return Gateway.start(config);
    } catch (ListenException e) {
      String flag = e.address().equals(admin) ? "--admin" : "--listen";
      throw new IOException(
          e.getMessage() + "; free the port or choose another one with " + flag, e);
    }
  }

  /**
   * The shutdown hook. A JVM that ends by SIGTERM would report 143, although stopping is what was
   * asked for and went well; only a halt from within can say 0. Nothing else hooks into this JVM.
   */
  private static void stop(Gateway gateway) {
    LOG.log(Level.INFO, "Stopping: open connections may finish.");
    gateway.close();
    LOG.log(Level.INFO, "Stopped.");
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(ExitCode.FINE);
  }
}
