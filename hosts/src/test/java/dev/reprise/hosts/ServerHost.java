/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLContext;

/**
 * A server of somebody else's that runs. It answers {@code /hello} with "hello", {@code /bytes}
 * with {@link Content}, {@code /who} with the subject of the client's certificate, and reads what
 * is sent to {@code /upload}.
 */
interface ServerHost {
  /**
   * How it is to be started.
   *
   * @param clientCertificates whether clients are required to have one
   * @param errors where the application puts what it got when it could not read an upload
   */
  record Setup(SSLContext context, boolean clientCertificates, BlockingQueue<Throwable> errors) {}

  int port();

  void stop() throws Exception;
}
