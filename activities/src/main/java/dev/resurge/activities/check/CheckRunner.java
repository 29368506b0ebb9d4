package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Queryable;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Check;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Runbook;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks a runbook's checks, all at once, each until it passes or its {@code within} is over. A check
 * that fails is a result with what was expected and what was found, never an exception. Manual
 * checks are left out: the workflow asks people.
 */
public final class CheckRunner {
  private static final Duration OVERDUE = Duration.ofSeconds(5);

  private final Shell shell;
  private final Function<Component, Queryable<? extends Component>> queryables;
  private final LogMarks marks;
  private final HttpClient http = HttpProbe.newClient();

  /**
   * @param queryables the driver that answers SQL for a component; throws if there is none
   * @param state a folder of the worker's, where {@code log-marks} are kept from the start of the
   *     workloads until the checks are asked, by whichever attempt
   */
  public CheckRunner(
      Shell shell, Function<Component, Queryable<? extends Component>> queryables, Path state) {
    this.shell = shell;
    this.queryables = queryables;
    marks = new LogMarks(state.resolve("log-marks"));
  }

  /**
   * To be called before the workloads are started: notes where the logs end that checks will look
   * at. Later calls of the same round (one start of the workloads) change nothing. Never throws for
   * a folder that cannot be written: the workloads must start all the same, and the log checks will
   * fail and say why.
   */
  public void markLogs(Run run, String round, Runbook runbook) {
    var logs =
        runbook.spec().checks().stream()
            .filter(Check.Log.class::isInstance)
            .map(check -> Path.of(((Check.Log) check).file()))
            .toList();
    marks.mark(run.id(), round, logs);
  }

  /**
   * Asks the checks of the staged copies. Those of a component that has none here say nothing about
   * the copies and are not asked.
   *
   * @throws java.util.concurrent.CancellationException if the attempt is cancelled
   */
  public List<CheckResult> staged(Attempt attempt, Runbook runbook, List<StagedCopy> copies) {
    var probes =
        runbook.spec().checks().stream()
            .filter(Check::staged)
            .flatMap(check -> stagedProbe(attempt, runbook, copies, check))
            .toList();
    return new Asking(attempt, "staged", OVERDUE).all(probes);
  }

  /**
   * Asks the checks of the live system.
   *
   * @param resumed when the workloads were started, for the words of log checks
   * @throws java.util.concurrent.CancellationException if the attempt is cancelled
   */
  public List<CheckResult> healthy(Attempt attempt, Runbook runbook, Instant resumed) {
    var probes =
        runbook.spec().checks().stream()
            .filter(Check::healthy)
            .flatMap(check -> liveProbe(attempt, runbook, check, resumed))
            .toList();
    return new Asking(attempt, "healthy", OVERDUE).all(probes);
  }

  private Stream<Probe> stagedProbe(
      Attempt attempt, Runbook runbook, List<StagedCopy> copies, Check check) {
    return switch (check) {
      case Check.Sql sql ->
          copy(copies, sql.component())
              .map(c -> new SqlProbe(sql, database(attempt, runbook, sql.component(), c)));
      case Check.Tables tables ->
          copy(copies, tables.component())
              .map(c -> new TablesProbe(tables, database(attempt, runbook, tables.component(), c)));
      case Check.Command command ->
          Stream.of(new CommandProbe(command, shell, attempt, CommandProbe.whereStaged(copies)));
      // of the live system only, whatever the runbook says
      case Check.Http http -> Stream.empty();
      case Check.Tcp tcp -> Stream.empty();
      case Check.Log log -> Stream.empty();
      case Check.Manual manual -> Stream.empty();
    };
  }

  private Stream<Probe> liveProbe(Attempt attempt, Runbook runbook, Check check, Instant resumed) {
    return switch (check) {
      case Check.Http of -> Stream.of(new HttpProbe(of, http));
      case Check.Tcp of -> Stream.of(new TcpProbe(of));
      case Check.Sql of -> Stream.of(new SqlProbe(of, live(attempt, runbook, of.component())));
      case Check.Tables of ->
          Stream.of(new TablesProbe(of, live(attempt, runbook, of.component())));
      case Check.Command of -> Stream.of(new CommandProbe(of, shell, attempt, Map.of()));
      case Check.Log of -> Stream.of(new LogProbe(of, marks, attempt, resumed));
      case Check.Manual of -> Stream.empty();
    };
  }

  private static Stream<Optional<StagedCopy>> copy(List<StagedCopy> copies, String component) {
    return copies.stream().filter(c -> c.component().equals(component)).map(Optional::of);
  }

  private Database live(Attempt attempt, Runbook runbook, String component) {
    return database(attempt, runbook, component, Optional.empty());
  }

  private Database database(
      Attempt attempt, Runbook runbook, String component, Optional<StagedCopy> copy) {
    return new Database(attempt, () -> target(runbook.component(component)), copy);
  }

  @SuppressWarnings("unchecked") // a driver is found by its component's record
  private <C extends Component> Database.Target<C> target(C component) {
    return new Database.Target<>((Queryable<C>) queryables.apply(component), component);
  }
}
