/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Opaque;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
final class VirtualHosts {
  /**
   * One host.
   *
   * @param names what its certificates are for, of whatever kind
   * @param scope what stands for all its certificates together
   */
  record Host(Set<String> names, Opaque scope, List<Identity> identities) {}

  private final Host defaultHost;
  private final Map<String, Host> byName;
  private final Map<Set<String>, Opaque> scopes;

  private VirtualHosts(Host defaultHost, Map<String, Host> byName, Collection<Host> hosts) {
    this.defaultHost = defaultHost;
    this.byName = byName;
    this.scopes = new HashMap<>();
    hosts.forEach(host -> scopes.put(host.names(), host.scope()));
  }

  /** The first identity's host also serves clients that ask for no name, or for an unknown one. */
  static VirtualHosts of(List<ServerIdentity> identities) {
    Map<Set<String>, List<ServerIdentity>> groups = new LinkedHashMap<>();
    for (ServerIdentity identity : identities) {
      Set<String> names = new TreeSet<>(EndpointNames.dnsNames(identity.chain().getFirst()));
      groups.computeIfAbsent(names, _ -> new java.util.ArrayList<>()).add(identity);
    }
    Map<String, Host> byName = new HashMap<>();
    List<Host> hosts = new ArrayList<>();
    for (Map.Entry<Set<String>, List<ServerIdentity>> group : groups.entrySet()) {
      Host host = host(group.getValue());
      hosts.add(host);
      group.getKey().forEach(name -> byName.putIfAbsent(name, host));
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("A server needs an identity");
    }
    return new VirtualHosts(hosts.getFirst(), Map.copyOf(byName), hosts);
  }

  /** The scope of the host with exactly these names, or null. */
  @Nullable Opaque scopeOf(Host host) {
    return scopes.get(host.names());
  }

  static @Nullable Identity choose(Host host, IdentityRequest request) {
    for (SignatureScheme scheme : request.schemes()) {
      for (Identity identity : host.identities()) {
        // The scheme that will sign is the first that fits, and none does for an unknown curve.
        if (request.schemeFor(identity) == scheme) {
          return identity;
        }
      }
    }
    return null;
  }

  Host host(@Nullable String name) {
    if (name == null) {
      return defaultHost;
    }
    Host exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    String wildcard = EndpointNames.wildcardFor(name);
    Host wild = wildcard == null ? null : byName.get(wildcard);
    return wild == null ? defaultHost : wild;
  }

  private static Host host(List<ServerIdentity> members) {
    TreeSet<byte[]> leaves = new TreeSet<>(Arrays::compareUnsigned);
    Set<String> names = new TreeSet<>();
    for (ServerIdentity member : members) {
      leaves.add(leafDigest(member));
      names.addAll(EndpointNames.allNames(member.chain().getFirst()));
    }
    Opaque scope = Opaque.takeOver(Sha256.ofAll(leaves));
    return new Host(
        names,
        scope,
        members.stream().map(member -> identity(member).withScopeIdentity(scope)).toList());
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
