/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** Who speaks with a client once its handshake is done. */
interface Backend {
  /**
   * Takes the connection over, on its event loop: adds its handlers behind the TLS handler and
   * starts to read (nothing is read before).
   */
  void serve(SocketChannel client, SslHandler tls, HandshakeReport report);
}
