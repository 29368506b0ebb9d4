package dev.resurge.starter.runs;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.activities.temporal.TemporalAccess;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
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
   * @param environment where secrets may be
   * @throws ResurgeException {@code TemporalUnavailable} within five seconds
   */
  public static WorkflowClient open(
      Installation.Temporal temporal, Map<String, String> environment) {
    var address = temporal.address();
    var access = new TemporalAccess(temporal, new SecretReader(environment));
    var options = access.reaching(limits()).build();
    var speaking = access.speaking().validateAndBuildWithDefaults();
    probe(address);
    try {
      return WorkflowClient.newInstance(
          WorkflowServiceStubs.newConnectedServiceStubs(options, CONNECT), speaking);
    } catch (ResurgeException e) {
      throw e; // the API key cannot be read: its message says so
    } catch (RuntimeException e) {
      throw unavailable(address, told(e), e);
    }
  }

  /**
   * Asks after the namespace: a server whose memory fails it still lets clients connect.
   *
   * @throws ResurgeException {@code TemporalUnavailable} if it is not told, within ten seconds
   */
  public static void require(Installation.Temporal temporal, Map<String, String> environment) {
    var stubs = open(temporal, environment).getWorkflowServiceStubs();
    var namespace = temporal.namespace();
    try {
      var asked = DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build();
      stubs.blockingStub().describeNamespace(asked);
    } catch (StatusRuntimeException e) {
      throw unavailable(temporal.address(), "namespace " + namespace + ": " + told(e), e);
    } finally {
      stubs.shutdownNow();
    }
  }

  /** What gRPC says, and what lies beneath it: that alone tells of a certificate. */
  private static String told(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    var text = String.valueOf(failure.getMessage());
    return text.contains(String.valueOf(root.getMessage()))
        ? text
        : text + " (" + root.getMessage() + ")";
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
    hostAndPort(address)
        .map(named -> new InetSocketAddress(named.getHostString(), named.getPort()))
        .ifPresent(target -> {
          try (var socket = new Socket()) {
            socket.connect(target, Math.toIntExact(PROBE.toMillis()));
          } catch (IOException e) {
            throw unavailable(address, String.valueOf(e.getMessage()), e);
          }
        });
  }

  /** Of {@code host:port}, not looked up; empty if it is something else that gRPC understands. */
  public static Optional<InetSocketAddress> hostAndPort(String address) {
    var matcher = HOST_PORT.matcher(address);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
      return Optional.empty();
    }
    return Optional.of(
        InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2))));
  }

  private static ResurgeException unavailable(String address, String cameBack, Throwable cause) {
    return new ResurgeException(
        ErrorType.TEMPORAL_UNAVAILABLE,
        "connecting to Temporal at " + address + ": " + cameBack,
        cause);
  }
}
