package dev.resurge.worker.faults;

import dev.resurge.activities.step.FailureInterceptor;
import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.activity.NoticeActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.PruneActivities;
import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.Attributes;
import dev.resurge.workflows.procedure.Implementations;
import dev.resurge.workflows.procedure.Payloads;
import dev.resurge.workflows.procedure.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An in-memory Temporal and a worker on which one run after the other is tried, each with its own
 * world. Virtual time goes on only where a run waits for a retry.
 */
final class Lane implements AutoCloseable {
  private static final String QUEUE = "faults";

  /** What a worker of a world answers to. */
  static final List<Class<?>> ACTIVITIES =
      List.of(
          PrepareActivities.class,
          CaptureActivities.class,
          StageActivities.class,
          StoreActivities.class,
          CutOverActivities.class,
          PruneActivities.class,
          SettleActivities.class,
          HookActivities.class,
          EvidenceActivities.class,
          LockActivities.class,
          NoticeActivities.class,
          IdentityActivities.class);

  private final TestWorkflowEnvironment temporal;
  private final WorkflowClient client;
  private volatile Optional<Trial> trial = Optional.empty();

  /** What one trial brings: the activities of its world, and its script. */
  record Trial(Map<Class<?>, Object> activities, Script script, Bodies bodies) {}

  /** The attempts of one trial that are at work. */
  static final class Bodies {
    private final Map<String, AtomicInteger> types = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger zombies = new AtomicInteger();
    private final AtomicLong changed = new AtomicLong(System.nanoTime());

    /** The same name for all attempts of one activity. */
    String name(ActivityInfo info, Object[] arguments) {
      var type = info.getActivityType() + component(arguments);
      var id = info.getWorkflowId() + " " + info.getWorkflowRunId() + " " + info.getActivityId();
      return names.computeIfAbsent(
          id,
          some ->
              type
                  + "#"
                  + types.computeIfAbsent(type, one -> new AtomicInteger()).incrementAndGet());
    }

    /** Which component it is about: some activities run for all of them side by side. */
    private static String component(Object[] arguments) {
      return Arrays.stream(arguments)
          .map(argument ->
              switch (argument) {
                case String name when SmallWorld.COMPONENTS.contains(name) -> "(" + name + ")";
                case Swap swap -> "(" + swap.component() + ")";
                case StagedCopy copy -> "(" + copy.component() + ")";
                case Retained copy -> "(" + copy.component() + ")";
                case null, default -> "";
              })
          .filter(word -> !word.isEmpty())
          .findFirst()
          .orElse("");
    }

    private void begun() {
      active.incrementAndGet();
      changed.set(System.nanoTime());
    }

    private void ended() {
      changed.set(System.nanoTime());
      active.decrementAndGet();
    }

    private void becameZombie() {
      zombies.incrementAndGet();
      ended();
    }

    /** How long nothing has been at work that is not given up. */
    Duration idle() {
      return active.get() > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - changed.get());
    }

    boolean zombiesLeft() {
      return zombies.get() > 0;
    }
  }

  Lane() {
    var options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Payloads.dataConverter())
                    .build())
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(new FailureInterceptor(), new Attempting())
                    .build());
    Attributes.all()
        .forEach(key ->
            options.registerSearchAttribute(
                key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    client =
        WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(), temporal.getWorkflowClient().getOptions());
    var worker =
        temporal.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
                .build());
    Implementations.register(worker);
    register(worker);
    register(temporal.newWorker(TaskQueues.ofBackups(QUEUE)));
    temporal.start();
  }

  private void register(Worker worker) {
    ACTIVITIES.forEach(type ->
        worker.registerActivitiesImplementations(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  if (method.getDeclaringClass() == Object.class) {
                    return method.invoke(this, arguments);
                  }
                  try {
                    return method.invoke(trial.orElseThrow().activities().get(type), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                })));
  }

  WorkflowClient client() {
    return client;
  }

  String queue() {
    return QUEUE;
  }

  /** What is called from now on belongs to this trial. */
  void begin(Trial now) {
    trial = Optional.of(now);
  }

  /** What time it is for its runs, which earlier ones have made pass. */
  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  /** Lets virtual time go by: a retry that waits is due. */
  void pass(Duration time) {
    temporal.sleep(time);
  }

  /** Between Temporal and an activity: deaths and silences are failures that are tried again. */
  private final class Attempting extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
      return new ActivityInboundCallsInterceptorBase(next) {
        private ActivityExecutionContext context;

        @Override
        public void init(ActivityExecutionContext theContext) {
          context = theContext;
          super.init(theContext);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
          var now = trial.orElseThrow();
          var token = context.getTaskToken();
          var body =
              new Body(
                  now.script(),
                  now.bodies().name(context.getInfo(), input.getArguments()),
                  () -> {
                    now.bodies().becameZombie();
                    if (!now.script().isBelieved()) {
                      client.newActivityCompletionClient().completeExceptionally(token, gone());
                    }
                  });
          now.bodies().begun();
          Hook.listen(body);
          try {
            var output = super.execute(input);
            if (body.isDead()) {
              throw gone();
            }
            return output;
          } catch (RuntimeException | Error e) {
            if (body.isDead()) {
              throw gone();
            }
            throw e;
          } finally {
            Hook.listen(null);
            if (body.isHung()) {
              now.bodies().zombies.decrementAndGet();
              context.doNotCompleteOnReturn();
            } else {
              now.bodies().ended();
            }
          }
        }
      };
    }
  }

  private static ApplicationFailure gone() {
    return ApplicationFailure.newFailure(
        "no heartbeat came any more", ErrorType.WORKER_MISSING.id());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
