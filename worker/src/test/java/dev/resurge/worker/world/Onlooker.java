package dev.resurge.worker.world;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;

/**
 * Brings a run's steps to a {@link Watch} under the labels that people read, and makes the waiting
 * between tries short where a test says so.
 */
final class Onlooker extends WorkerInterceptorBase {
  private final Watch watch;
  private final boolean hurry;

  /**
   * @param hurry a dead worker is noticed after three seconds, and pauses between tries are a tenth
   */
  Onlooker(Watch watch, boolean hurry) {
    this.watch = watch;
    this.hurry = hurry;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Labelling(outbound, hurry));
      }
    };
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Looking(next);
  }

  private final class Looking extends ActivityInboundCallsInterceptorBase {
    private ActivityInfo info;

    Looking(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      info = context.getInfo();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (info.getAttempt() > 1) {
        return super.execute(input); // it was seen when it was tried first
      }
      var visit =
          watch.begin(
              info.getWorkflowType(), Labelling.label(input.getHeader(), info.getActivityType()));
      var output = super.execute(input);
      visit.end();
      return output;
    }
  }
}
