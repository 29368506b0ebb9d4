package dev.resurge.worker.answer;

import dev.resurge.worker.answer.PageView.CheckLine;
import dev.resurge.worker.answer.PageView.Choice;
import dev.resurge.worker.answer.PageView.DecisionLine;
import dev.resurge.worker.answer.PageView.Fact;
import dev.resurge.worker.answer.PageView.FormBox;
import dev.resurge.worker.answer.PageView.Notice;
import dev.resurge.worker.answer.PageView.Part;
import dev.resurge.worker.answer.PageView.PlanBox;
import dev.resurge.worker.answer.PageView.StepLine;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.PlanWords;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes pages of what a run says of itself. */
final class Views {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Status status;
  private final Instant now;

  Views(Status status, Instant now) {
    this.status = status;
    this.now = now;
  }

  /**
   * A page about the run.
   *
   * @param foot how long this page can be used
   */
  PageView page(List<Notice> notices, List<FormBox> forms, boolean live, String foot) {
    var ended = status.result().isPresent();
    var refresh = ended || (!forms.isEmpty() && !live) ? "" : live ? "5" : "10";
    var shown = live ? List.<FormBox>of() : forms;
    return new PageView(
        status.system() + " " + status.procedure().id(),
        tone(forms),
        status.system(),
        status.procedure().id(),
        status.run().value(),
        headline(forms),
        summary(),
        refresh,
        live,
        TIME.format(now),
        notices,
        status.plan().stream().map(this::plan).toList(),
        shown.stream().filter(f -> !f.ofPlan()).toList(),
        shown.stream().filter(FormBox::ofPlan).toList(),
        status.steps().reversed().stream().map(this::step).toList(),
        status.checks().stream().map(Views::check).toList(),
        status.findings().stream().map(f -> f.subject() + ": " + f.message()).toList(),
        status.decisions().stream().map(Views::decision).toList(),
        foot);
  }

  /** What can be answered by who has a ticket for that code; empty if that is not asked now. */
  Optional<FormBox> form(String code, String person, String ticket) {
    if (status.result().isPresent()) {
      return Optional.empty();
    }
    return status
        .plan()
        .filter(plan -> plan.code().equals(code))
        .map(plan -> planForm(plan, person, ticket))
        .or(() ->
            status
                .question()
                .filter(question -> question.code().equals(code))
                .map(question -> questionForm(question, person, ticket)));
  }

  /** That person's answers to that code that were accepted, in order. */
  List<DecisionRecord> answers(String code, String person) {
    return status.decisions().stream()
        .filter(d -> d.accepted() && d.by().authenticated() && d.code().equals(code))
        .filter(d -> d.by().name().equalsIgnoreCase(person))
        .toList();
  }

  /** What that person's last answer to what is asked or planned now came to. */
  List<Notice> taken(String person) {
    return status
        .plan()
        .flatMap(plan -> answers(plan.code(), person).stream().reduce((a, b) -> b))
        .map(answer -> new Notice("good", "Your answer was taken", answer.answer()))
        .stream()
        .toList();
  }

  private static FormBox planForm(Plan plan, String person, String ticket) {
    return new FormBox(
        true,
        plan.code(),
        "Your answer to plan " + plan.code(),
        plan.approval(),
        ticket,
        person,
        List.of(new Choice("approve", "Approve", "yes"), new Choice("reject", "Reject", "stop")));
  }

  private static FormBox questionForm(Question question, String person, String ticket) {
    var title =
        switch (question.kind()) {
          case MANUAL -> "A person must check";
          case PARKED -> "Something failed: what next?";
          case DIRECTION -> "Left half-way: which way does it go?";
          case APPROVAL -> "Your approval is needed";
        };
    return new FormBox(
        false,
        question.code(),
        title,
        question.text(),
        ticket,
        person,
        question.choices().stream().map(Views::choice).toList());
  }

  private static Choice choice(String value) {
    var label = value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
    var css =
        switch (value) {
          case "yes" -> "yes";
          case "no", "abort" -> "stop";
          default -> "plain";
        };
    return new Choice(value, label, css);
  }

  private String tone(List<FormBox> forms) {
    if (status.result().isPresent()) {
      return status.result().get().verdict().filter(Verdict.PASS::equals).isPresent()
          ? "good"
          : "bad";
    }
    return forms.isEmpty() ? "good" : "warn";
  }

  private String headline(List<FormBox> forms) {
    var what = status.procedure().workflowType() + " " + status.system();
    if (status.result().isPresent()) {
      return what + ": " + status.result().get().verdict().map(Verdict::id).orElse("ended");
    }
    return what + (forms.isEmpty() ? ": " + status.phase() : " waits for you");
  }

  private String summary() {
    return status
        .result()
        .map(result -> result.summary())
        .or(() ->
            status
                .plan()
                .map(plan ->
                    "Restores "
                        + plan.source()
                        + ": the data of "
                        + TIME.format(plan.recoveryPoint())
                        + " UTC, "
                        + Durations.human(plan.age())
                        + " before the plan was made."))
        .orElse("");
  }

  private PlanBox plan(Plan plan) {
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(
            "Stops",
            plan.workloads().isEmpty()
                ? "nothing"
                : String.join(", ", plan.workloads())
                    + ", for at most "
                    + Durations.human(plan.cutOverBudget())));
    status.prediction().ifPresent(f -> facts.add(new Fact("Takes", PlanWords.takes(f))));
    add(facts, "Checks", plan.checks());
    add(facts, "Hooks", plan.hooks());
    facts.add(new Fact("Approval", plan.approval()));
    facts.add(new Fact("Approved by", approvedBy(plan)));
    facts.add(
        new Fact(
            "Plan",
            plan.code()
                + ", sha256:"
                + plan.digest().substring(0, Math.min(16, plan.digest().length()))));
    return new PlanBox(
        plan.code(),
        plan.givenUp().isEmpty(),
        plan.givenUp(),
        plan.components().stream().map(Views::part).toList(),
        facts,
        plan.warnings());
  }

  private static void add(List<Fact> facts, String name, List<String> values) {
    if (!values.isEmpty()) {
      facts.add(new Fact(name, String.join(", ", values)));
    }
  }

  private String approvedBy(Plan plan) {
    var names =
        status.decisions().stream()
            .filter(d -> d.accepted() && d.kind() == Decision.Kind.APPROVE)
            .filter(d -> d.code().equals(plan.code()))
            .map(d -> d.by().describe())
            .toList();
    return names.isEmpty() ? "nobody yet" : String.join(", ", names);
  }

  private static Part part(Plan.ComponentPlan part) {
    return new Part(
        part.component() + " (" + part.type() + ")",
        part.targetName(),
        part.target().isPresent() ? part.live().human() : "not there",
        part.set().human(),
        part.strategy().words());
  }

  private StepLine step(Step step) {
    var took = Duration.between(step.start(), step.end().orElse(now));
    var attempts = step.attempts() > 1 ? "attempt " + step.attempts() + " " : "";
    return new StepLine(
        mark(step.outcome()),
        css(step.outcome()),
        Step.label(step.name(), step.component()),
        (attempts + step.detail().or(() -> expected(step)).orElse("")).strip(),
        step.outcome() == Step.Outcome.NOTE
            ? ""
            : Durations.human(took.isNegative() ? Duration.ZERO : took));
  }

  private Optional<String> expected(Step step) {
    return status.forecast().of(step).map(expected -> "takes " + expected.range());
  }

  private static String mark(Step.Outcome outcome) {
    return switch (outcome) {
      case RUNNING -> "▸";
      case DONE -> "✓";
      case FAILED -> "✗";
      case SKIPPED -> "–";
      case WAITING -> "…";
      case NOTE -> "·";
    };
  }

  private static String css(Step.Outcome outcome) {
    return switch (outcome) {
      case DONE -> "ok";
      case FAILED -> "no";
      case SKIPPED, WAITING -> "mind";
      case RUNNING, NOTE -> "soft";
    };
  }

  private static CheckLine check(CheckResult check) {
    return new CheckLine(
        check.passed(),
        check.check() + " (" + check.when() + ")",
        check.actual() + (check.passed() ? "" : ", expected " + check.expected()));
  }

  private static DecisionLine decision(DecisionRecord given) {
    return new DecisionLine(
        TIME.format(given.at()),
        given.choice().orElseGet(() -> given.kind().name().toLowerCase(Locale.ROOT)),
        given.by().describe(),
        given.accepted(),
        given.answer(),
        given.comment().orElse(""));
  }
}
