package dev.resurge.worker.watch;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.watch.OpenRuns.OpenRun;
import dev.resurge.worker.watch.TemporalState.Going;
import dev.resurge.worker.watch.TemporalState.Waiting;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.annotation.Context;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.common.converter.DataConverterException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Temporal every {@code worker.watchEvery} which runs go on, and each of those what it does
 * and waits for. In a thread of its own: a store that hangs does not keep it from noticing that
 * Temporal is away, nor the other way round.
 */
@Context
public final class TemporalWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWatch.class);

  /** More do not wait for people at once; the others are not asked, and backups come last. */
  private static final int MOST_ASKED = 50;

  private final WorkflowClient client;
  private final OpenRuns openRuns;
  private final RunbookFolder folder;
  private final InstantSource clock;
  private final Rounds rounds;
  private volatile Optional<TemporalState> state = Optional.empty();

  TemporalWatch(Installation installation, Site site, WorkflowClient client) {
    this.client = client;
    this.openRuns = new OpenRuns(client);
    this.folder = new RunbookFolder(installation.runbooks());
    this.clock = site.clock();
    this.rounds = new Rounds("watch-temporal", installation.worker().watchEvery(), this::look);
  }

  @PostConstruct
  void start() {
    rounds.start();
  }

  @PreDestroy
  void stop() {
    rounds.stop();
  }

  /** What Temporal said last; empty until it was asked. */
  public Optional<TemporalState> state() {
    return state;
  }

  private void look() {
    state = Optional.of(ask());
  }

  private TemporalState ask() {
    try {
      var systems = new HashSet<>(folder.systems());
      var runs = openRuns.list().stream().flatMap(run -> canonical(run, systems).stream()).toList();
      var going = new ArrayList<Going>();
      for (var run : runs) {
        going.add(going.size() < MOST_ASKED ? going(run) : untold(run));
      }
      return new TemporalState(clock.instant(), true, going);
    } catch (StatusRuntimeException e) {
      LOG.debug("Temporal does not answer: {}", e.getMessage());
      return new TemporalState(clock.instant(), false, List.of());
    }
  }

  /** A run under its canonical id; another only hands over. */
  private record Canonical(String system, Procedure procedure, OpenRun run) {}

  private static Optional<Canonical> canonical(OpenRun run, Set<String> systems) {
    var id = run.execution().getWorkflowId();
    var system = id.substring(0, Math.max(0, id.indexOf('/')));
    return Stream.of(system)
        .filter(systems::contains)
        .flatMap(s -> Arrays.stream(Procedure.values()))
        .filter(procedure -> procedure.workflowId(system).equals(id))
        .map(procedure -> new Canonical(system, procedure, run))
        .findFirst();
  }

  /** A run that does not answer, because it just ended or its worker is busy, says nothing. */
  private Going going(Canonical run) {
    try {
      var status =
          client
              .newUntypedWorkflowStub(run.run().execution().getWorkflowId())
              .query("status", Status.class);
      return new Going(
          run.system(),
          run.procedure(),
          Optional.of(status.run()),
          run.run().started(),
          Optional.of(doing(status)),
          waiting(run, status));
    } catch (WorkflowException | StatusRuntimeException | DataConverterException e) {
      LOG.debug("{} does not say how it stands: {}", run.run().execution(), e.getMessage());
      return untold(run);
    }
  }

  private static Going untold(Canonical run) {
    return new Going(
        run.system(),
        run.procedure(),
        Optional.empty(),
        run.run().started(),
        Optional.empty(),
        Optional.empty());
  }

  /** The last step that is being done: several may be, side by side. */
  private static String doing(Status status) {
    return status.steps().stream()
        .filter(step -> step.outcome() == Step.Outcome.RUNNING && step.end().isEmpty())
        .map(step -> Step.label(step.name(), step.component()))
        .reduce((earlier, later) -> later)
        .orElse(status.phase());
  }

  private static Optional<Waiting> waiting(Canonical run, Status status) {
    // an approval is waited for without a question, for it may come any time after the plan
    var kind = status.question().map(Question::kind).orElse(Question.Kind.APPROVAL);
    return status.steps().stream()
        .filter(step -> step.outcome() == Step.Outcome.WAITING && step.end().isEmpty())
        .map(step -> new Waiting(run.system(), run.procedure(), kind, step.start()))
        .findFirst();
  }
}
