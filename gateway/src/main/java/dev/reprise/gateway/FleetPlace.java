/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.fleet.FleetSettings;
import java.nio.file.Path;

/**
 * The fleet that a gateway is a node of.
 *
 * @param keyFile with the fleet key, which is watched
 * @param allowInsecurePermissions whether other users of this machine may have read it
 */
public record FleetPlace(FleetSettings settings, Path keyFile, boolean allowInsecurePermissions) {}
