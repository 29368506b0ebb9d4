package dev.resurge.workflows.runbook;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.runbook.Draft.Placed;
import dev.resurge.workflows.runbook.YamlNode.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of a runbook that concern more than one field. */
final class RunbookRules {
  // the store keeps what belongs to no system there (docs of the store format: targets/<identity>)
  private static final Set<String> RESERVED = Set.of("targets");

  // a component of unknown type was complained of already
  private static final Set<String> KNOWN = Shape.variants(Component.class).byType().keySet();

  private final Draft draft;
  private final Problems problems;

  RunbookRules(Draft draft, Problems problems) {
    this.draft = draft;
    this.problems = problems;
  }

  /**
   * Adds every rule that is broken.
   *
   * @param fileName whose base name the system must bear; empty for a copy that lies elsewhere
   */
  void check(Optional<String> fileName) {
    draft.systemName().ifPresent(name -> systemName(name, fileName));
    unique("component", draft.names("components"));
    unique("workload", draft.names("workloads"));
    unique("check", draft.names("checks"));
    unique("hook", draft.hookNames());
    unique("schedule", draft.names("schedules"));
    unique("recipient", draft.texts("encryption", "recipients"));
    unique("approver", draft.texts("approval", "approvers"));
    draft.components().forEach(c -> unique("role", c.names("roles")));
    new TargetRules(draft, problems).check();
    draft.askedComponents().forEach(this::isDatabase);
    draft.checks().forEach(this::check);
    draft.approval().ifPresent(this::approval);
    draft.keeps().forEach(this::keepsSome);
    draft.schedules().forEach(this::schedule);
  }

  private void systemName(Scalar name, Optional<String> fileName) {
    if (RESERVED.contains(name.text())) {
      problems.add(
          name.place(), "'" + name.text() + "' is a folder of the store; choose another name");
    }
    fileName
        .map(RunbookRules::baseName)
        .filter(base -> !base.equals(name.text()))
        .ifPresent(base ->
            problems.add(
                name.place(),
                SecretScan.quote(name.text())
                    + " is not the file's name '"
                    + base
                    + "'; a runbook's file is named as its system"));
  }

  private static String baseName(String fileName) {
    var name =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    return name.replaceFirst("\\.ya?ml$", "");
  }

  private void unique(String what, List<Scalar> names) {
    var lines = new HashMap<String, Integer>();
    for (var name : names) {
      var before = lines.putIfAbsent(name.text(), name.place().line());
      if (before != null) {
        problems.add(
            name.place(),
            what + " " + SecretScan.quote(name.text()) + " is in line " + before + " already");
      }
    }
  }

  private void check(Placed<Check> check) {
    switch (check.value()) {
      case Check.Sql _, Check.Tables _, Check.Command _ -> {}
      case Check.Http _ -> onlyHealthy(check, "http");
      case Check.Tcp _ -> onlyHealthy(check, "tcp");
      case Check.Log _ -> onlyHealthy(check, "log");
      case Check.Manual _ -> onlyHealthy(check, "manual");
    }
  }

  private void onlyHealthy(Placed<Check> check, String type) {
    if (check.value().when() != Check.When.HEALTHY) {
      problems.add(
          check.at("when"),
          "a check of type "
              + type
              + " is asked of the live system only; write healthy, or leave 'when' out");
    }
  }

  private void isDatabase(Scalar asked) {
    var name = asked.text();
    var types = draft.componentTypes();
    var databases = types.keySet().stream().filter(n -> types.get(n).equals("postgres")).toList();
    if (!types.containsKey(name)) {
      problems.add(
          asked.place(),
          "there is no component "
              + SecretScan.quote(name)
              + Nearest.hint(name, databases, "known:"));
    } else if (KNOWN.contains(types.get(name)) && !databases.contains(name)) {
      problems.add(
          asked.place(),
          "component "
              + SecretScan.quote(name)
              + " is no postgres component, so it cannot be asked in SQL");
    }
  }

  private void approval(Placed<Approval> placed) {
    var approval = placed.value();
    var approvers = approval.approvers().size();
    if (approvers > 0 && approval.required() > approvers) {
      problems.add(
          placed.at("required"),
          approval.required() + " must approve, but only " + approvers + " may (approvers)");
    }
    // the default escalation matters only when there is somebody to tell
    var escalates =
        placed.node().get("escalateAfter").isPresent() || !approval.escalateTo().isEmpty();
    if (escalates && approval.escalateAfter().compareTo(approval.expiresAfter()) >= 0) {
      problems.add(
          placed.at("escalateAfter"),
          "escalates after "
              + Durations.format(approval.escalateAfter())
              + ", but the run has expired after "
              + Durations.format(approval.expiresAfter())
              + "; it must be less");
    }
  }

  /** What a schedule says of procedures that it does not run is a slip of the pen. */
  private void schedule(Placed<Schedule> placed) {
    var schedule = placed.value();
    var what = schedule.procedure();
    var captures = what == Schedule.What.BACKUP;
    only(placed, "components", captures || what == Schedule.What.DRILL, "backup or drill");
    only(placed, "ifChanged", captures, "backup");
    only(placed, "keep", captures, "backup");
    only(placed, "level", what == Schedule.What.VERIFY, "verify");
    var known = draft.componentTypes().keySet();
    schedule.components().stream()
        .filter(name -> !known.contains(name))
        .forEach(name ->
            problems.add(
                placed.at("components"),
                "there is no component "
                    + SecretScan.quote(name)
                    + Nearest.hint(name, List.copyOf(known), "known:")));
    if (captures && schedule.keep().isPresent() && !draft.hasRetention()) {
      problems.add(
          placed.at("keep"),
          "nothing is removed as long as the runbook has no retention; write one, or leave keep"
              + " out");
    }
  }

  private void only(Placed<Schedule> placed, String field, boolean fits, String procedures) {
    if (!fits && placed.node().get(field).isPresent()) {
      problems.add(placed.at(field), field + " is for schedules of " + procedures + " only");
    }
  }

  /** What keeps no set at all is a slip of the pen, and would cost every set there is. */
  private void keepsSome(Placed<Keep> keep) {
    if (keep.value().keepsNothing()) {
      problems.add(
          keep.node().place(), "keeps no set at all; write at least last: 1, or leave it out");
    }
  }
}
