/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A service without protocol buffers: bytes for bytes. */
final class GrpcAnswers {
  static final MethodDescriptor<byte[], byte[]> ASK =
      method("ask", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> WAIT =
      method("wait", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> BYTES =
      method("bytes", MethodDescriptor.MethodType.SERVER_STREAMING);
  private static final Context.Key<SSLSession> SESSION = Context.key("session");

  private GrpcAnswers() {}

  /**
   * The service.
   *
   * @param events "called" when {@link #WAIT} is, "cancelled" when nobody waits any more
   */
  static ServerServiceDefinition service(BlockingQueue<String> events) {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("answers")
            .addMethod(ASK, ServerCalls.asyncUnaryCall(GrpcAnswers::answer))
            .addMethod(WAIT, ServerCalls.asyncUnaryCall((_, observer) -> await(observer, events)))
            .addMethod(BYTES, ServerCalls.asyncServerStreamingCall((_, observer) -> send(observer)))
            .build();
    return ServerInterceptors.intercept(service, new Sessions());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void answer(byte[] question, StreamObserver<byte[]> observer) {
    observer.onNext(bytes(text(question).equals("who") ? subject() : "hello"));
    observer.onCompleted();
  }

  private static String subject() {
    try {
      return SESSION.get().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(StreamObserver<byte[]> observer, BlockingQueue<String> events) {
    ((ServerCallStreamObserver<byte[]>) observer).setOnCancelHandler(() -> events.add("cancelled"));
    events.add("called");
  }

  /** Sends as fast as the client takes it. */
  private static void send(StreamObserver<byte[]> observer) {
    ServerCallStreamObserver<byte[]> flow = (ServerCallStreamObserver<byte[]>) observer;
    byte[] block = Content.block();
    int[] sent = {0};
    flow.setOnReadyHandler(() -> {
      while (flow.isReady() && sent[0] < Content.BLOCKS) {
        flow.onNext(block);
        if (++sent[0] == Content.BLOCKS) {
          flow.onCompleted();
        }
      }
    });
  }

  private static final class Sessions implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
      Context context = Context.current().withValue(SESSION, session);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName("answers/" + name)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
