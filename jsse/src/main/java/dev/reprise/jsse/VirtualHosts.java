/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Opaque;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server's identities by the names in their certificates. Those with the same names are one
 * virtual host, with a certificate for each kind of client, and share one scope: a session made
 * under its ECDSA certificate resumes where the RSA one would be shown.
 */
final class VirtualHosts implements IdentitySource {
  private final List<Identity> defaultHost;
  private final Map<String, List<Identity>> byName;

  private VirtualHosts(List<Identity> defaultHost, Map<String, List<Identity>> byName) {
    this.defaultHost = defaultHost;
    this.byName = byName;
  }

  /** The first identity's host also serves clients that ask for no name, or for an unknown one. */
  static VirtualHosts of(List<ServerIdentity> identities) {
    Map<Set<String>, List<ServerIdentity>> groups = new LinkedHashMap<>();
    for (ServerIdentity identity : identities) {
      Set<String> names = new TreeSet<>(EndpointNames.dnsNames(identity.chain().getFirst()));
      groups.computeIfAbsent(names, _ -> new java.util.ArrayList<>()).add(identity);
    }
    Map<String, List<Identity>> byName = new HashMap<>();
    @Nullable List<Identity> first = null;
    for (Map.Entry<Set<String>, List<ServerIdentity>> group : groups.entrySet()) {
      List<Identity> host = host(group.getValue());
      first = first == null ? host : first;
      group.getKey().forEach(name -> byName.putIfAbsent(name, host));
    }
    if (first == null) {
      throw new IllegalArgumentException("A server needs an identity");
    }
    return new VirtualHosts(first, Map.copyOf(byName));
  }

  @Override
  public Identities forServer(Endpoint endpoint) {
    return request -> Pending.ready(choose(request));
  }

  @Override
  public Identities forClient(Endpoint endpoint) {
    return Identities.NONE;
  }

  private @Nullable Identity choose(IdentityRequest request) {
    List<Identity> host = host(request.serverName());
    for (SignatureScheme scheme : request.schemes()) {
      for (Identity identity : host) {
        if (scheme.usableWith(identity.publicKey(), request.version())) {
          return identity;
        }
      }
    }
    return null;
  }

  private List<Identity> host(@Nullable String name) {
    if (name == null) {
      return defaultHost;
    }
    List<Identity> exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    String wildcard = EndpointNames.wildcardFor(name);
    List<Identity> wild = wildcard == null ? null : byName.get(wildcard);
    return wild == null ? defaultHost : wild;
  }

  private static List<Identity> host(List<ServerIdentity> members) {
    TreeSet<byte[]> leaves = new TreeSet<>(Arrays::compareUnsigned);
    members.forEach(member -> leaves.add(leafDigest(member)));
    Opaque scope = Opaque.takeOver(Sha256.ofAll(leaves));
    return members.stream().map(member -> identity(member).withScopeIdentity(scope)).toList();
  }

  private static byte[] leafDigest(ServerIdentity identity) {
    try {
      return Sha256.of(identity.chain().getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(identity + " cannot be encoded", e);
    }
  }

  private static Identity identity(ServerIdentity identity) {
    try {
      return Identity.of(identity.key(), identity.chain());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(identity + " cannot be encoded", e);
    }
  }
}
