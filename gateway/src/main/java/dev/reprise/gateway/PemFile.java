/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/**
 * A file in the text form of RFC 7468, read as a whole.
 *
 * @param objects what Bouncy Castle made of the blocks, in their order
 */
record PemFile(Path path, List<Object> objects) {
  /** Far more than any chain of certificates; whoever names a disk image by mistake hears of it. */
  private static final long LARGEST = 1 << 20;

  static PemFile read(Path path) throws ConfigurationException {
    String text = text(path);
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      @Nullable Object object = parser.readObject();
      while (object != null) {
        objects.add(object);
        object = parser.readObject();
      }
    } catch (IOException | RuntimeException e) {
      throw new ConfigurationException(
          path + " has a PEM block that cannot be read (" + Reason.of(e) + "); write it anew", e);
    }
    return new PemFile(path, List.copyOf(objects));
  }

  /** The objects of one kind. */
  <T> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static String text(Path path) throws ConfigurationException {
    try {
      if (Files.isDirectory(path)) {
        throw new ConfigurationException(path + " is a directory; name the PEM file in it");
      }
      if (Files.size(path) > LARGEST) {
        throw new ConfigurationException(
            path + " is larger than 1 MiB, so it is no PEM file of certificates and keys");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(path + " does not exist; check the path", e);
    } catch (AccessDeniedException e) {
      throw new ConfigurationException(
          path + " may not be read by this user; change its owner or its mode", e);
    } catch (IOException e) {
      throw new ConfigurationException(path + " cannot be read (" + Reason.of(e) + ")", e);
    }
  }
}
