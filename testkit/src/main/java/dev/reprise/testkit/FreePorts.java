/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for programs that must be told theirs. None of them is one that the system
 * gives to who asks for any: between the look and the program's start a connection or a listener of
 * another test would take it, and be taken for the program.
 */
public final class FreePorts {
  /** Linux gives those from 32768 on, macOS and Windows from 49152 on. */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;

  /** Two processes hardly begin at the same one. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

  private FreePorts() {}

  /** One that nobody listened on a moment ago, and that this process was not given yet. */
  public static int next() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("All ports from " + FIRST + " on are taken");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (BindException _) {
      return false;
    }
  }
}
