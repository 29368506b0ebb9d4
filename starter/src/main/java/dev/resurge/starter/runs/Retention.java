package dev.resurge.starter.runs;

import com.google.protobuf.util.Durations;
import dev.resurge.activities.installation.Installation;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long Temporal remembers runs that have ended. */
public final class Retention {
  private Retention() {}

  /**
   * Raises the namespace's retention; never lowers it.
   *
   * @param environment where secrets may be
   * @return why it could not be raised; runs do without
   */
  public static Optional<String> atLeast(
      Installation.Temporal temporal, Map<String, String> environment, Duration wanted) {
    var stubs = Connection.open(temporal, environment).getWorkflowServiceStubs();
    try {
      var present =
          stubs
              .blockingStub()
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace(temporal.namespace()).build())
              .getConfig()
              .getWorkflowExecutionRetentionTtl();
      if (Durations.toSeconds(present) < wanted.toSeconds()) {
        stubs
            .blockingStub()
            .updateNamespace(
                UpdateNamespaceRequest.newBuilder()
                    .setNamespace(temporal.namespace())
                    .setConfig(
                        NamespaceConfig.newBuilder()
                            .setWorkflowExecutionRetentionTtl(
                                Durations.fromSeconds(wanted.toSeconds())))
                    .build());
      }
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(
          "Temporal forgets ended runs when it always did: raising the retention of namespace "
              + temporal.namespace()
              + " to "
              + wanted.toDays()
              + " days: "
              + e.getStatus());
    } finally {
      stubs.shutdownNow();
    }
  }
}
