/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.wire.ProtocolVersion;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSSE provider {@code Reprise}: {@code SSLContext} for {@code TLS}, {@code TLSv1.3} (both
 * versions are enabled), {@code TLSv1.2} (only that one is) and {@code Default}, which needs no
 * initialization. The JDK's system properties {@code jdk.tls.client.protocols} (for {@code TLS} and
 * {@code Default}), {@code jdk.tls.client.cipherSuites}, {@code jdk.tls.client.SignatureSchemes},
 * the same for {@code server}, and {@code jdk.tls.namedGroups} say what is enabled at first. Key
 * and trust manager factories stay the JDK's. It need not be registered: {@code
 * SSLContext.getInstance("TLS", new RepriseProvider())} will do.
 */
public final class RepriseProvider extends Provider {
  /** Its name, for {@code SSLContext.getInstance("TLS", RepriseProvider.NAME)} if registered. */
  public static final String NAME = "Reprise";

  private static final long serialVersionUID = 1L;
  private static final String DEFAULT = "Default";

  @SuppressWarnings("this-escape")
  public RepriseProvider() {
    super(NAME, "0.1", "TLS 1.2 and 1.3, built around session resumption");
    putService(new Contexts(this, "TLS", List.of("SSL")));
    putService(new Contexts(this, "TLSv1.3", List.of()));
    putService(new Contexts(this, "TLSv1.2", List.of()));
    putService(new Contexts(this, DEFAULT, List.of()));
  }

  private static final class Contexts extends Service {
    Contexts(Provider provider, String protocol, List<String> aliases) {
      super(provider, "SSLContext", protocol, ContextSpi.class.getName(), aliases, Map.of());
    }

    /** Made here, since the class is for nobody else to make. */
    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
      if (parameter != null) {
        throw new java.security.InvalidParameterException("An SSLContext takes no parameter");
      }
      try {
        return getAlgorithm().equals(DEFAULT)
            ? new ContextSpi(JsseContexts.ofSystem(defaults()))
            : new ContextSpi(defaults());
      } catch (IllegalArgumentException | KeyManagementException e) {
        throw new NoSuchAlgorithmException(e.getMessage(), e);
      }
    }

    private EngineParameters defaults() {
      EngineParameters defaults = new EngineParameters();
      boolean anyVersion = getAlgorithm().equals("TLS") || getAlgorithm().equals(DEFAULT);
      defaults.clientDefaults = side("client", anyVersion);
      defaults.serverDefaults = side("server", anyVersion);
      if (getAlgorithm().equals(ProtocolVersion.TLS12.standardName())) {
        defaults.protocols = List.of(ProtocolVersion.TLS12);
      }
      return defaults;
    }

    /** As in the JDK, a context that is for one version does not ask which are enabled. */
    private static SideDefaults side(String side, boolean anyVersion) {
      SideDefaults all = SideDefaults.read(side, System::getProperty);
      return anyVersion ? all : new SideDefaults(null, all.cipherSuites(), all.signatureSchemes());
    }
  }
}
