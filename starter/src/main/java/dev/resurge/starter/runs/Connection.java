package dev.resurge.starter.runs;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A client that gives up within seconds where the SDK's defaults retry for a minute. */
public final class Connection {
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final Duration CONNECT = Duration.ofSeconds(4);
  private static final Pattern HOST_PORT = Pattern.compile("([^:/]+):(\\d{1,5})");

  private Connection() {}

  /**
   * Connects.
   *
   * @param address {@code host:port}
   * @throws ResurgeException {@code TemporalUnavailable} within five seconds
   */
  public static WorkflowClient open(String address, String namespace) {
    probe(address);
    var options = limits().setTarget(address).build();
    try {
      return WorkflowClient.newInstance(
          WorkflowServiceStubs.newConnectedServiceStubs(options, CONNECT),
          WorkflowClientOptions.newBuilder()
              .setNamespace(namespace)
              .setDataConverter(Payloads.dataConverter())
              .validateAndBuildWithDefaults());
    } catch (RuntimeException e) {
      throw unavailable(address, String.valueOf(e.getMessage()), e);
    }
  }

  /** How long calls may take: short, because a person waits and the next look comes soon. */
  static WorkflowServiceStubsOptions.Builder limits() {
    return WorkflowServiceStubsOptions.newBuilder()
        .setRpcTimeout(Duration.ofSeconds(4))
        .setRpcQueryTimeout(Duration.ofSeconds(3))
        .setRpcRetryOptions(
            RpcRetryOptions.newBuilder()
                .setExpiration(Duration.ofSeconds(4))
                .setInitialInterval(Duration.ofMillis(50))
                .validateBuildWithDefaults());
  }

  /** A refused connection is known at once; gRPC would keep trying. */
  private static void probe(String address) {
    socketAddress(address)
        .ifPresent(target -> {
          try (var socket = new Socket()) {
            socket.connect(target, Math.toIntExact(PROBE.toMillis()));
          } catch (IOException e) {
            throw unavailable(address, String.valueOf(e.getMessage()), e);
          }
        });
  }

  private static Optional<InetSocketAddress> socketAddress(String address) {
    var matcher = HOST_PORT.matcher(address);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
      return Optional.empty();
    }
    return Optional.of(new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
  }

  private static ResurgeException unavailable(String address, String cameBack, Throwable cause) {
    return new ResurgeException(
        ErrorType.TEMPORAL_UNAVAILABLE,
        "connecting to Temporal at " + address + ": " + cameBack,
        cause);
  }
}
