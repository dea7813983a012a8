/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;

/** Tells whom the broker takes its clients for; Kafka makes it, and so what it knows is static. */
public final class KafkaPrincipals extends DefaultKafkaPrincipalBuilder {
  static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway") // Null is for a broker without Kerberos.
  public KafkaPrincipals() {
    super(null, SslPrincipalMapper.fromRules("DEFAULT"));
  }

  @Override
  public KafkaPrincipal build(AuthenticationContext context) {
    KafkaPrincipal principal = super.build(context);
    SEEN.add(context.listenerName() + " " + principal.getName());
    return principal;
  }
}
