package dev.resurge.worker.world;

import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

/** An activity does not know the label it was asked under: its header tells it. */
final class Labelling extends WorkflowOutboundCallsInterceptorBase {
  private static final String LABEL = "resurge-test-label";
  private static final Duration SHORT_HEARTBEAT = Duration.ofSeconds(3);
  private static final int FASTER = 10;

  private final boolean hurry;

  Labelling(WorkflowOutboundCallsInterceptor next, boolean hurry) {
    super(next);
    this.hurry = hurry;
  }

  /** The label, or what to take if none came. */
  static String label(Header header, String otherwise) {
    var payload = header.getValues().get(LABEL);
    return payload == null
        ? otherwise
        : GlobalDataConverter.get().fromPayload(payload, String.class, String.class);
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    var options = input.getOptions();
    var values = new HashMap<String, Payload>(input.getHeader().getValues());
    GlobalDataConverter.get()
        .toPayload(options.getSummary())
        .ifPresent(label -> values.put(LABEL, label));
    return super.executeActivity(
        new ActivityInput<>(
            input.getActivityName(),
            input.getResultClass(),
            input.getResultType(),
            input.getArgs(),
            hurry ? hurried(options) : options,
            new Header(values)));
  }

  private static ActivityOptions hurried(ActivityOptions options) {
    var retry = options.getRetryOptions();
    var builder = RetryOptions.newBuilder(retry);
    // what is asked only once has no pauses
    Optional.ofNullable(retry.getInitialInterval())
        .ifPresent(pause -> builder.setInitialInterval(pause.dividedBy(FASTER)));
    Optional.ofNullable(retry.getMaximumInterval())
        .ifPresent(pause -> builder.setMaximumInterval(pause.dividedBy(FASTER)));
    return ActivityOptions.newBuilder(options)
        .setHeartbeatTimeout(SHORT_HEARTBEAT)
        .setRetryOptions(builder.build())
        .build();
  }
}
