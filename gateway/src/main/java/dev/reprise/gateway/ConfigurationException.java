/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

/** What was asked for cannot be; the message is one sentence that names the value and the mend. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String sentence) {
    super(sentence);
  }

  public ConfigurationException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
