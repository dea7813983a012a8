/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.testkit.TestAuthority;
import dev.reprise.testkit.TestIdentity;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Two providers that are to do the same. */
enum Whose {
  OURS(new RepriseProvider()),
  SUN(Security.getProvider("SunJSSE"));

  @SuppressWarnings("ImmutableEnumChecker")
  private final Provider provider;

  Whose(Provider provider) {
    this.provider = provider;
  }

  SSLContext context(@Nullable TestIdentity identity, TestAuthority trusted) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", provider);
    context.init(identity == null ? null : identity.keyManagers(), trusted.trustManagers(), null);
    return context;
  }
}
