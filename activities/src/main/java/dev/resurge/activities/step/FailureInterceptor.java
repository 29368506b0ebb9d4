package dev.resurge.activities.step;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.TemporalFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where our exceptions become Temporal's failures. */
public final class FailureInterceptor extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(FailureInterceptor.class);

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Mapping(next);
  }

  private static final class Mapping extends ActivityInboundCallsInterceptorBase {
    private ActivityInfo info;

    Mapping(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      info = context.getInfo();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (TemporalFailure | ActivityCompletionException e) {
        throw e;
      } catch (ResurgeException e) {
        LOG.warn(
            "{} (attempt {}) {}: {}",
            info.getActivityType(),
            info.getAttempt(),
            e.type().id(),
            e.getMessage());
        throw Failures.failure(e.type(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.error(
            "{} (attempt {}) failed unexpectedly", info.getActivityType(), info.getAttempt(), e);
        throw Failures.failure(
            ErrorType.INTERNAL,
            info.getActivityType() + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
      } catch (Error e) {
        LOG.error("{} (attempt {}) broke", info.getActivityType(), info.getAttempt(), e);
        throw e;
      }
    }
  }
}
