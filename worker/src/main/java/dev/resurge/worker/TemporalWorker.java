package dev.resurge.worker;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.schedule.TemporalSchedules;
import dev.resurge.activities.step.FailureInterceptor;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.temporal.TemporalAccess;
import dev.resurge.workflows.procedure.Attributes;
import dev.resurge.workflows.procedure.Implementations;
import dev.resurge.workflows.procedure.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls Temporal for work. Temporal being away is a pause: it is asked again until it answers.
 *
 * <p>Workflows are not cached between their tasks: histories are short, and a task that waits for
 * the memory of a worker that was killed would wait in the seconds that matter. A cache of size 0
 * alone still names a sticky queue to the server, so that queue's time is 0 too.
 */
@Context
final class TemporalWorker {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWorker.class);

  private final Installation installation;
  private final Duration drain;
  private final TemporalAccess access;
  private final WorkflowClient client;
  private final WorkerFactory factory;
  private volatile boolean polling;
  private volatile boolean stopping;

  /**
   * @param interceptors what else sees every step
   * @param drain how long a step may take to come to its end when the worker is to end
   */
  TemporalWorker(
      Installation installation,
      Surroundings surroundings,
      TemporalAccess access,
      WorkflowClient client,
      Activities activities,
      List<WorkerInterceptor> interceptors,
      @Value("${resurge.drain}") Duration drain) {
    this.installation = installation;
    this.drain = drain;
    this.access = access;
    this.client = client;
    this.factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(0)
                .setWorkerInterceptors(interceptors(surroundings, interceptors))
                .build());
    var queue = installation.temporal().taskQueue();
    var worker = factory.newWorker(queue, options().build());
    Implementations.register(worker);
    activities.all().forEach(worker::registerActivitiesImplementations);
    var backups =
        factory.newWorker(
            TaskQueues.ofBackups(queue),
            options()
                .setMaxConcurrentActivityExecutionSize(installation.worker().backupsAtOnce())
                .build());
    activities.all().forEach(backups::registerActivitiesImplementations);
  }

  private static WorkerOptions.Builder options() {
    return WorkerOptions.newBuilder()
        // A cancellation is news that must arrive within the second.
        .setMaxHeartbeatThrottleInterval(Duration.ofMillis(500))
        .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(500))
        .setStickyQueueScheduleToStartTimeout(Duration.ZERO);
  }

  private static WorkerInterceptor[] interceptors(
      Surroundings surroundings, List<WorkerInterceptor> others) {
    return Stream.of(List.of(new FailureInterceptor()), surroundings.onlookers(), others)
        .flatMap(List::stream)
        .toArray(WorkerInterceptor[]::new);
  }

  @PostConstruct
  void start() {
    Thread.ofPlatform().name("connect").start(this::connect);
  }

  private void connect() {
    var temporal = installation.temporal();
    while (!stopping) {
      try {
        client.getWorkflowServiceStubs().connect(Duration.ofSeconds(10));
        SearchAttributes.register(access, temporal.namespace(), Attributes.all());
        factory.start();
        polling = true;
        LOG.info(
            "polling task queue {} of Temporal at {}", temporal.taskQueue(), temporal.address());
        new ScheduleSetting(
                new RunbookFolder(installation.runbooks()),
                new TemporalSchedules(client, installation))
            .applyUntil(() -> stopping);
        return;
      } catch (StatusRuntimeException | IllegalStateException e) {
        LOG.warn("Temporal at {} does not answer yet: {}", temporal.address(), e.getMessage());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  /** Whether it takes work. */
  boolean polling() {
    return polling && !stopping;
  }

  /** Takes no more work and lets what runs come to its end, as far as there is time. */
  @PreDestroy
  void stop() {
    stopping = true;
    factory.shutdown();
    factory.awaitTermination(drain.toSeconds(), TimeUnit.SECONDS);
    client.getWorkflowServiceStubs().shutdownNow();
  }
}
