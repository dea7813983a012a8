/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

/** What two engines send each other: the bytes, and the flights that they go in. */
final class Traffic {
  private int bytesToServer;
  private int bytesToClient;
  private int flights;

  void toServer(int bytes) {
    bytesToServer += bytes;
    flights += bytes > 0 ? 1 : 0;
  }

  void toClient(int bytes) {
    bytesToClient += bytes;
    flights += bytes > 0 ? 1 : 0;
  }

  int bytesToServer() {
    return bytesToServer;
  }

  int bytesToClient() {
    return bytesToClient;
  }

  int flights() {
    return flights;
  }
}
