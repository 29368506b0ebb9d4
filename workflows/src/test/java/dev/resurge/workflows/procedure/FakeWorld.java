package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.activity.NoticeActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Comparison;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Proof;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetChanges;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Standing;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.rules.SetSizes;
import dev.resurge.workflows.rules.StoreFacts;
import dev.resurge.workflows.runbook.RestoreSettings;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Scoping;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A world of which only the names matter: which data each component's live name bears, what stands
 * beside it, whether the workloads run. Calls are logged; any of them can be told to fail or block.
 */
final class FakeWorld
    implements PrepareActivities,
        CaptureActivities,
        StageActivities,
        StoreActivities,
        CutOverActivities,
        HookActivities,
        EvidenceActivities,
        LockActivities,
        IdentityActivities,
        SettleActivities,
        NoticeActivities {
  private static final TargetIdentity OLD = new TargetIdentity("fake-old");
  private static final TargetIdentity SAFE = new TargetIdentity("fake-safe");
  static final SetId SET = new SetId("20261121T020000Z-k3f9");

  final List<String> calls = new CopyOnWriteArrayList<>();
  final Map<String, String> live = new ConcurrentHashMap<>();
  final List<Evidence> evidence = new CopyOnWriteArrayList<>();
  final List<JournalEntry> journal = new CopyOnWriteArrayList<>();
  final List<SetKind> committed = new CopyOnWriteArrayList<>();
  final List<Finding> findings = new CopyOnWriteArrayList<>();
  final List<CheckResult> stagedChecks = new CopyOnWriteArrayList<>();
  final List<CheckResult> ownChecks = new CopyOnWriteArrayList<>();
  final Map<String, String> standing = new ConcurrentHashMap<>();
  final List<String> stuck = new CopyOnWriteArrayList<>();
  final List<Map<String, String>> labels = new CopyOnWriteArrayList<>();
  volatile Optional<StoreFacts> facts = Optional.empty();
  volatile Optional<String> configuration = Optional.empty();
  volatile SetChanges changes = new SetChanges(Optional.empty(), List.of("there is no set yet"));
  final List<CheckResult> healthChecks = new CopyOnWriteArrayList<>();
  final List<CheckResult> artifactChecks = new CopyOnWriteArrayList<>();
  final Map<String, SetId> stagedFrom = new ConcurrentHashMap<>();
  final List<String> discarded = new CopyOnWriteArrayList<>();

  /** The runs that data was moved, kept and removed as. */
  final Set<RunId> movers = ConcurrentHashMap.newKeySet();

  private final List<String> wereLive = new CopyOnWriteArrayList<>();
  volatile boolean running = true;

  /** Whether the installation tells people; what they were told is in {@link #notices}. */
  volatile boolean notifies;

  volatile Paces paces = Paces.NONE;

  final List<Notice> notices = new CopyOnWriteArrayList<>();
  volatile Optional<String> authenticated = Optional.empty();

  /** Which links were used up, and by what. */
  private final Map<String, Decision> used = new ConcurrentHashMap<>();

  private final Map<String, Deque<Runnable>> troubles = new ConcurrentHashMap<>();
  private final Runbook runbook;
  private final WorkflowClient client;

  FakeWorld(Runbook runbook, WorkflowClient client) {
    this.runbook = runbook;
    this.client = client;
    runbook.spec().components().forEach(c -> live.put(c.name(), "old"));
  }

  /** The next call of that name does this first, which may throw. Queued. */
  FakeWorld next(String call, Runnable trouble) {
    troubles.computeIfAbsent(call, c -> new ArrayDeque<>()).add(trouble);
    return this;
  }

  /**
   * What an activity does that is cancelled while it works. The in-memory server does not get on
   * with a cancellation that meets the end of its activity, so tests cancel what certainly still
   * runs.
   */
  static void workUntilCancelled() {
    for (; ; ) {
      Activity.getExecutionContext().heartbeat("working");
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  /** The next call of that name fails for good. */
  FakeWorld fail(String call, ErrorType type) {
    return next(
        call,
        () -> {
          throw Failures.failure(type, call + " went wrong");
        });
  }

  /** The next {@code times} calls of that name fail in a way that may pass. */
  FakeWorld flicker(String call, int times) {
    for (int i = 0; i < times; i++) {
      fail(call, ErrorType.STORE_UNAVAILABLE);
    }
    return this;
  }

  void called(String call) {
    calls.add(call);
    var queue = troubles.get(call);
    var trouble = queue == null ? null : queue.poll();
    if (trouble != null) {
      trouble.run();
    }
  }

  @Override
  public Loaded load(String system, Procedure procedure) {
    called("load");
    return new Loaded(runbook, "text", "digest", "test-installation", "test", notifies, paces);
  }

  @Override
  public List<Finding> preflight(Run run, Optional<SetId> set, Intent intent) {
    called("preflight");
    return findings;
  }

  @Override
  public void requireSettled(Run run) {
    called("requireSettled");
  }

  @Override
  public SetSummary chooseSet(Run run, String set) {
    called("chooseSet");
    return summary(SET, SetKind.MANUAL);
  }

  @Override
  public List<RunId> interrupted(Run run) {
    called("interrupted");
    return List.of();
  }

  @Override
  public void releaseSet(Run run, SetId set) {
    called("releaseSet");
  }

  @Override
  public Plan plan(Run run, SetId set, String nonce) {
    called("plan");
    return plan(run, Optional.of(set), Optional.empty(), nonce);
  }

  @Override
  public Plan planFromRetained(Run run, RunId of, String nonce) {
    called("planFromRetained");
    return plan(run, Optional.empty(), Optional.of(of), nonce);
  }

  private Plan plan(Run run, Optional<SetId> set, Optional<RunId> of, String nonce) {
    return new Plan(
        run.id(),
        run.system(),
        set,
        of,
        "manifest",
        Instant.EPOCH,
        Duration.ofHours(1),
        List.of("everything since"),
        Scoping.components(run.scope(), runbook).stream()
            .map(c -> planned(c.name(), of.isPresent(), run.scope().to().containsKey(c.name())))
            .toList(),
        List.of("app"),
        List.of(),
        List.of(),
        "1 of anybody",
        runbook.spec().restore().cutOverBudget(),
        List.of(),
        "digest",
        Plan.codeOf(run.id(), "digest", nonce));
  }

  private Plan.ComponentPlan planned(String component, boolean again, boolean elsewhere) {
    var old = live.containsKey(component) && !elsewhere;
    return new Plan.ComponentPlan(
        component,
        "fake",
        component,
        old ? Optional.of(OLD) : Optional.empty(),
        OLD,
        again ? Strategy.SWAPPED_AGAIN : old ? strategy() : Strategy.PLACED,
        new ByteSize(10),
        new ByteSize(10));
  }

  private Strategy strategy() {
    return runbook.spec().restore().strategy() == RestoreSettings.Strategy.IN_PLACE
        ? Strategy.IN_PLACE
        : Strategy.SWAPPED;
  }

  @Override
  public CapturedComponent capture(Run run, SetId set, String component, Optional<String> from) {
    called("capture " + component + from.map(f -> " from " + f).orElse(""));
    return new CapturedComponent(
        component, "t", "sha", Instant.EPOCH, new ByteSize(10), new ByteSize(5), List.of());
  }

  @Override
  public SetSummary commit(Run run, Commit commit) {
    called("commit");
    committed.add(commit.kind());
    labels.add(commit.labels());
    return summary(commit.set(), commit.kind());
  }

  @Override
  public Comparison compare(Run run, SetId set) {
    called("compare");
    return new Comparison(Optional.empty(), List.of());
  }

  @Override
  public void discard(Run run, SetId set) {
    called("discard");
  }

  @Override
  public StagedCopy stage(Run run, SetId set, String component) {
    called("stage " + component);
    stagedFrom.put(component, set);
    standing.put(component, component + "-staged");
    return new StagedCopy(
        component,
        component + "-staged",
        SET.equals(set) ? new TargetIdentity("fake-new") : SAFE,
        new ByteSize(10));
  }

  @Override
  public List<String> prepare(Run run, SetId set, String component) {
    called("prepare " + component);
    return List.of();
  }

  @Override
  public StagedCopy adopt(Run run, RunId of, String component) {
    called("adopt " + component);
    return new StagedCopy(
        component, component + "-kept", new TargetIdentity("fake-kept"), new ByteSize(10));
  }

  @Override
  public List<String> stillStaged(Run run, String component) {
    called("stillStaged " + component);
    return Optional.ofNullable(standing.get(component)).stream().toList();
  }

  @Override
  public BroughtPart bringPart(Run run, SetId set, String component) {
    called("bringPart " + component);
    return new BroughtPart(component, "beside", List.of("a part"), List.of("merge it"));
  }

  @Override
  public List<CheckResult> verifyStaged(Run run, SetId set, StagedCopy copy) {
    called("verifyStaged " + copy.component());
    return stagedChecks;
  }

  @Override
  public List<CheckResult> checkStaged(Run run, List<StagedCopy> copies) {
    called("checkStaged");
    return ownChecks;
  }

  @Override
  public void discardStaged(Run run, String component) {
    called("discardStaged " + component);
    discarded.add(component);
    movers.add(run.id());
    if (!stuck.contains(component)) {
      standing.remove(component);
    }
  }

  @Override
  public StoreFacts storeFacts(Run run, Optional<SetId> about) {
    called("storeFacts");
    return facts.orElseGet(() -> healthyStore(run.requested()));
  }

  /** One good set of that moment. */
  static StoreFacts healthyStore(Instant recoveryPoint) {
    var size = new ByteSize(10_000);
    var set =
        new SetSizes(
            SET,
            recoveryPoint,
            List.of(
                new SetSizes.Part("database", size, size), new SetSizes.Part("files", size, size)));
    return new StoreFacts(
        Optional.of(set), Optional.of(set), Optional.empty(), 1, Optional.empty(), List.of());
  }

  @Override
  public Optional<String> configurationDigest(Run run) {
    called("configurationDigest");
    return configuration;
  }

  @Override
  public SetChanges changes(Run run, SetKind kind, Map<String, String> labels) {
    called("changes");
    return changes;
  }

  @Override
  public List<CheckResult> verifyArtifacts(Run run, SetId set, String component) {
    called("verifyArtifacts " + component);
    return artifactChecks;
  }

  @Override
  public void markVerified(Run run, SetId set) {
    called("markVerified");
  }

  @Override
  public void markBad(Run run, SetId set, String why) {
    called("markBad");
  }

  @Override
  public Swap swapFor(Run run, Plan plan, StagedCopy copy) {
    called("swapFor " + copy.component());
    return new Swap(
        copy.component(),
        copy.component(),
        Optional.ofNullable(live.containsKey(copy.component()) ? OLD : null),
        OLD,
        copy.name(),
        copy.identity(),
        copy.component() + "-retained",
        copy.component() + "-rejected");
  }

  @Override
  public void journal(JournalEntry entry, String system, Run run) {
    called("journal " + entry.state());
    var same =
        journal.stream()
            .filter(e -> e.run().equals(entry.run()) && e.number() == entry.number())
            .findFirst();
    if (same.isEmpty()) {
      journal.add(entry);
    } else if (!same.get().equals(entry)) {
      throw Failures.failure(ErrorType.TARGET_CHANGED, "another entry has the number: " + entry);
    }
  }

  @Override
  public List<RunId> unsettled(Run run) {
    called("unsettled");
    return unsettledRuns();
  }

  List<RunId> unsettledRuns() {
    return journal.stream()
        .map(JournalEntry::run)
        .distinct()
        .sorted()
        .filter(id -> !entries(id).getLast().state().settled())
        .toList();
  }

  private List<JournalEntry> entries(RunId id) {
    return journal.stream().filter(e -> e.run().equals(id)).toList();
  }

  @Override
  public Standing whereItStands(Run run, RunId id) {
    called("whereItStands");
    var entries = entries(id);
    var plan = entries.getFirst().plan().orElseThrow();
    return new Standing(
        id,
        entries,
        plan.components().stream()
            .map(c -> new Standing.Place(c.component(), stands(c.component()), "as found"))
            .toList(),
        running ? List.of("app") : List.of());
  }

  private Position stands(String component) {
    return switch (live.getOrDefault(component, "none")) {
      case "new" -> Position.AFTER;
      case "old" -> wereLive.contains(component) ? Position.BACK : Position.BEFORE;
      case "none" -> Position.BETWEEN;
      default -> Position.CHANGED;
    };
  }

  @Override
  public Position position(Run run, Swap swap) {
    called("position " + swap.component());
    if (swap.staged().equals(SAFE) && live.containsKey(swap.component())) {
      if (!"old".equals(live.get(swap.component()))) {
        throw Failures.failure(ErrorType.TARGET_CHANGED, "another copy bears the name");
      }
      return Position.AFTER;
    }
    return "new".equals(live.get(swap.component())) ? Position.AFTER : Position.BEFORE;
  }

  @Override
  public List<String> running(Run run) {
    called("running");
    return running ? List.of("app") : List.of();
  }

  @Override
  public void quiesce(Run run) {
    called("quiesce");
    running = false;
  }

  @Override
  public void swap(Run run, Swap swap) {
    called("swap " + swap.component());
    if (running) {
      throw new IllegalStateException("swapped while the application runs");
    }
    movers.add(run.id());
    // the safety set that a restore in place makes holds the old data
    live.put(
        swap.component(),
        SET.equals(stagedFrom.getOrDefault(swap.component(), SET)) ? "new" : "old");
    wereLive.add(swap.component());
  }

  @Override
  public void resume(Run run, List<String> workloads) {
    called("resume");
    var about = Scoping.components(run.scope(), runbook).stream().map(c -> c.name()).toList();
    if (about.stream().map(c -> live.getOrDefault(c, "none")).distinct().count() > 1) {
      throw new IllegalStateException("resumed on mixed data " + live);
    }
    running |= workloads.contains("app");
  }

  @Override
  public List<CheckResult> checkHealth(Run run, Instant resumed) {
    called("checkHealth");
    return healthChecks;
  }

  @Override
  public void swapBack(Run run, Swap swap) {
    called("swapBack " + swap.component());
    if (running) {
      throw new IllegalStateException("swapped back while the application runs");
    }
    movers.add(run.id());
    live.put(swap.component(), "old");
  }

  @Override
  public Optional<Retained> retain(Run run, Swap swap) {
    called("retain " + swap.component());
    movers.add(run.id());
    return swap.live()
        .map(old ->
            new Retained(
                swap.component(), swap.retainedName(), old, "replaced", run.id(), new ByteSize(1)));
  }

  @Override
  public void requireAsPlanned(Run run, Plan plan) {
    called("requireAsPlanned");
  }

  @Override
  public boolean reopen(Run run, Plan plan, String component) {
    called("reopen " + component);
    return "old".equals(live.get(component));
  }

  @Override
  public void removeRejected(Run run, String component, List<Swap> placed) {
    called("removeRejected " + component);
    live.remove(component, "new");
  }

  @Override
  public void removeLive(Run run, Plan plan, SetId safetySet, String component) {
    called("removeLive " + component);
    if (running) {
      throw new IllegalStateException("removed while the application runs");
    }
    if (!committed.contains(SetKind.SAFETY)) {
      throw new IllegalStateException("removed without a safety set");
    }
    live.remove(component);
  }

  @Override
  public void removeRetained(Run run, Retained copy, SetId capturedIn) {
    called("removeRetained " + copy.component());
  }

  @Override
  public List<Retained> rejected(Run run, List<Swap> swaps) {
    called("rejected");
    var kept = new ArrayList<Retained>();
    for (var swap : swaps.stream().filter(s -> wereLive.contains(s.component())).toList()) {
      kept.add(
          new Retained(
              swap.component(),
              swap.rejectedName(),
              swap.staged(),
              "rejected",
              run.id(),
              new ByteSize(1)));
    }
    return kept;
  }

  @Override
  public String runHook(Run run, String hook) {
    called("hook " + hook);
    return "";
  }

  @Override
  public String writeEvidence(Run run, Evidence written) {
    called("evidence");
    evidence.add(written);
    return run.system() + "/evidence/" + run.id();
  }

  @Override
  public void tell(Notice notice) {
    called("tell " + notice.event().id());
    notices.add(notice);
  }

  @Override
  public Holder describe(String workflowId) {
    called("describe");
    var running = isRunning(workflowId);
    return new Holder(
        workflowId,
        running ? Optional.of("x") : Optional.empty(),
        "Somebody",
        running ? "running" : "nobody",
        "");
  }

  @Override
  public Holder awaitClosed(String workflowId) {
    called("awaitClosed");
    while (isRunning(workflowId)) {
      Activity.getExecutionContext().heartbeat("waiting");
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
    return new Holder(workflowId, Optional.empty(), "", "closed", "");
  }

  private boolean isRunning(String workflowId) {
    try {
      var description = client.newUntypedWorkflowStub(workflowId).describe();
      return description.getStatus().name().endsWith("RUNNING");
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  @Override
  public Person identify(Run run, Decision decision) {
    called("identify");
    var proven = authenticated.filter(decision.by()::equals).isPresent();
    return new Person(decision.by(), decision.channel().orElse("test"), proven);
  }

  @Override
  public Proof prove(Run run, Decision decision) {
    called("prove");
    var voucher = decision.voucher().orElseThrow();
    var text = Optional.ofNullable(used.putIfAbsent(voucher.nonce(), decision)).orElse(decision);
    return text.equals(decision) && !run.runbookText().isEmpty()
        ? Proof.of(new Person(decision.by(), voucher.channel().word(), true))
        : Proof.refused(decision, "used already");
  }

  static SetSummary summary(SetId set, SetKind kind) {
    return new SetSummary(
        set,
        "library",
        kind,
        new TreeMap<>(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        new ByteSize(5),
        new ByteSize(10),
        List.of("database", "files"),
        List.of(),
        "manifest",
        new TreeMap<>(Map.of("database", new ByteSize(6), "files", new ByteSize(4))));
  }
}
