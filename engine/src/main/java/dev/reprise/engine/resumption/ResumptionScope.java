/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that must be equal for a session to be resumed here, in 32 bytes: who the server was,
 * how and against whom a client was authenticated, under which policy. A session resumes only where
 * it would have been granted.
 *
 * @param digest SHA-256 over an injective encoding of the inputs
 * @param formerDigests of the scopes whose sessions are resumed here all the same, since nothing
 *     but the certificates has changed; what is remembered anew belongs to {@code digest} alone
 */
public record ResumptionScope(Opaque digest, List<Opaque> formerDigests) {
  /** Bytes. */
  public static final int LENGTH = 32;

  // The encoding below is part of the fleet's protocol: change it, change this.
  private static final String VERSION = "reprise scope 1";

  /** Of the same few things each handshake would make a scope anew. */
  private static final Map<Inputs, ResumptionScope> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 256;

  /** Most servers have one, and to compare is cheaper than to hash. */
  private static volatile @Nullable Known lastKnown;

  public ResumptionScope {
    if (digest.length() != LENGTH) {
      throw new IllegalArgumentException("A scope has 32 bytes, not " + digest.length());
    }
    formerDigests = List.copyOf(formerDigests);
  }

  /** A scope that came after none. */
  public ResumptionScope(Opaque digest) {
    this(digest, List.of());
  }

  /** This scope, where sessions of {@code former} ones are resumed too. */
  public ResumptionScope after(List<ResumptionScope> former) {
    return new ResumptionScope(digest, former.stream().map(ResumptionScope::digest).toList());
  }

  /** Whether a session of the scope {@code made} may be resumed in this one; in constant time. */
  public boolean accepts(ResumptionScope made) {
    boolean accepted = sameAs(made);
    for (Opaque former : formerDigests) {
      accepted |= former.equalsInConstantTime(made.digest);
    }
    return accepted;
  }

  /**
   * The scope of these.
   *
   * @param serverIdentity bytes that stand for the server's certificates
   * @param clientAuthentication the name of the client authentication mode
   * @param trustAnchors who may have issued client certificates; order and repetition do not matter
   * @param policyName the name of the dated policy
   * @param label the operator's own; empty if there is none
   */
  public static ResumptionScope of(
      Opaque serverIdentity,
      String clientAuthentication,
      List<Opaque> trustAnchors,
      String policyName,
      String label) {
    Inputs inputs =
        new Inputs(
            serverIdentity, clientAuthentication, List.copyOf(trustAnchors), policyName, label);
    Known last = lastKnown;
    if (last != null && last.inputs.equals(inputs)) {
      return last.scope;
    }
    ResumptionScope known = KNOWN.get(inputs);
    if (known == null) {
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      known = new ResumptionScope(inputs.digest());
      KNOWN.put(inputs, known);
    }
    lastKnown = new Known(inputs, known);
    return known;
  }

  private record Known(Inputs inputs, ResumptionScope scope) {}

  private record Inputs(
      Opaque serverIdentity,
      String clientAuthentication,
      List<Opaque> trustAnchors,
      String policyName,
      String label) {
    Opaque digest() {
      TlsWriter out = new TlsWriter();
      text(out, VERSION);
      out.opaque24(serverIdentity);
      text(out, clientAuthentication);
      Set<Opaque> anchors = sortedDigests(trustAnchors);
      out.uint32(anchors.size());
      anchors.forEach(out::opaque);
      text(out, policyName);
      text(out, label);
      return Sha256.of(out.toOpaque());
    }
  }

  /** Whether both are equal, in a time that does not depend on where they differ. */
  public boolean sameAs(ResumptionScope other) {
    return digest.equalsInConstantTime(other.digest);
  }

  private static Set<Opaque> sortedDigests(List<Opaque> anchors) {
    Set<Opaque> digests = new TreeSet<>((a, b) -> Arrays.compareUnsigned(a.toArray(), b.toArray()));
    anchors.forEach(anchor -> digests.add(Sha256.of(anchor)));
    return digests;
  }

  // UTF-16 units, since every charset's encoder maps unpaired surrogates to one replacement.
  private static void text(TlsWriter out, String text) {
    int start = out.open(3);
    for (int i = 0; i < text.length(); i++) {
      out.uint16(text.charAt(i));
    }
    out.close(start, 3);
  }
}
