/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EngineTasksTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<String> events = new ArrayList<>();
  private final EngineTasks tasks = new EngineTasks(threads::add);
  private final EmbeddedChannel channel = channel();

  @Test
  void readsNothingWhileATaskRuns() {
    tasks.execute(() -> events.add("task"));
    channel.read();
    channel.read();
    assertEquals(List.of(), events);
    threads.remove().run();
    channel.runPendingTasks();
    assertEquals(List.of("task", "read"), events);
  }

  @Test
  void waitsForTheLastOfSeveralTasks() {
    tasks.execute(() -> {});
    tasks.execute(() -> {});
    channel.read();
    threads.remove().run();
    channel.runPendingTasks();
    assertEquals(List.of(), events);
    threads.remove().run();
    channel.runPendingTasks();
    assertEquals(List.of("read"), events);
  }

  @Test
  void readsOnlyIfSomebodyAsked() {
    tasks.execute(() -> {});
    threads.remove().run();
    channel.runPendingTasks();
    assertEquals(List.of(), events);
    channel.read();
    assertEquals(List.of("read"), events);
  }

  private EmbeddedChannel channel() {
    EmbeddedChannel made = new EmbeddedChannel();
    made.config().setAutoRead(false);
    made.pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void read(ChannelHandlerContext context) {
                events.add("read");
              }
            },
            tasks);
    return made;
  }
}
