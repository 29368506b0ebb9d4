package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.runbook.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where people's answers arrive: keeps the rules of approval, records every answer and whether it
 * counted. Pure: time and identities come from outside.
 */
final class Desk {
  private static final String ABORT = "abort";

  private final RunId run;
  private final Person requester;
  private Approval rules = Approval.STRICTEST;
  private final List<DecisionRecord> log = new ArrayList<>();
  private final List<Person> approvals = new ArrayList<>();
  private final Map<String, List<Person>> voters = new HashMap<>();
  private Optional<Plan> plan = Optional.empty();
  private Optional<Instant> expires = Optional.empty();
  private Optional<Instant> approved = Optional.empty();
  private Optional<Question> question = Optional.empty();
  private Optional<String> choice = Optional.empty();
  private Optional<Person> chooser = Optional.empty();
  private Optional<DecisionRecord> ending = Optional.empty();
  private boolean closed;

  Desk(RunId run, Person requester) {
    this.run = run;
    this.requester = requester;
  }

  /** By which rules approvals count from now on. */
  void useRules(Approval newRules) {
    rules = newRules;
  }

  /** Puts a plan on the desk; approvals of an earlier one are void. */
  void present(Plan newPlan, Instant now) {
    plan = Optional.of(newPlan);
    expires = Optional.of(now.plus(rules.expiresAfter()));
    approvals.clear();
    approved = Optional.empty();
  }

  /** From now on people have their full time, however long the work before took. */
  void renew(Instant now) {
    expires = Optional.of(now.plus(rules.expiresAfter()));
  }

  /** Takes over what was answered elsewhere and is not in the log yet. */
  void absorb(List<DecisionRecord> elsewhere) {
    elsewhere.stream()
        .filter(entry -> log.stream().noneMatch(e -> same(e, entry)))
        .forEach(log::add);
  }

  private static boolean same(DecisionRecord a, DecisionRecord b) {
    return a.kind() == b.kind()
        && a.code().equals(b.code())
        && a.choice().equals(b.choice())
        && a.by().name().equals(b.by().name());
  }

  /** Asks something; the question before it is forgotten. */
  void ask(Question asked) {
    question = Optional.of(asked);
    choice = Optional.empty();
    chooser = Optional.empty();
    voters.clear();
  }

  /** Takes the question away. */
  void clear() {
    question = Optional.empty();
  }

  /** From now on neither approval nor rejection comes in time. */
  void close() {
    closed = true;
  }

  /** Takes an answer in, by the rules, and records it. */
  DecisionAnswer answer(Decision decision, Person by, Instant now) {
    var refusal =
        switch (decision.kind()) {
          case APPROVE -> refuseApproval(decision, by, now);
          case REJECT -> refuseRejection(decision);
          case DECIDE -> refuseChoice(decision, by);
        };
    if (refusal.isPresent()) {
      return refuse(decision, by, refusal.get(), now);
    }
    var entry = record(decision, by, true, take(decision, by, now), now);
    if (endsRun(decision)) {
      ending = Optional.of(entry);
    }
    return new DecisionAnswer(true, entry.answer());
  }

  /** Records an answer that must not count, whatever the rules say of it. */
  DecisionAnswer refuse(Decision decision, Person by, String why, Instant now) {
    return new DecisionAnswer(false, record(decision, by, false, "refused: " + why, now).answer());
  }

  private DecisionRecord record(
      Decision decision, Person by, boolean accepted, String answer, Instant now) {
    var entry =
        new DecisionRecord(
            now,
            decision.kind(),
            decision.code(),
            decision.choice(),
            by,
            decision.comment(),
            accepted,
            answer);
    log.add(entry);
    return entry;
  }

  private static boolean endsRun(Decision decision) {
    return decision.kind() == Decision.Kind.REJECT || isAbort(decision);
  }

  private static boolean isAbort(Decision decision) {
    return decision.kind() == Decision.Kind.DECIDE
        && decision.choice().filter(ABORT::equals).isPresent();
  }

  private String take(Decision decision, Person by, Instant now) {
    return switch (decision.kind()) {
      case APPROVE -> {
        approvals.add(by);
        if (approvals.size() >= rules.required()) {
          approved = Optional.of(now);
          yield "approved";
        }
        yield "approved, " + (rules.required() - approvals.size()) + " more needed";
      }
      case REJECT -> "rejected; the run ends and the live data stays as it is";
      case DECIDE -> {
        if (needsApprovers(decision)) {
          var voting =
              voters.computeIfAbsent(decision.choice().orElseThrow(), c -> new ArrayList<>());
          voting.add(by);
          if (voting.size() < rules.required()) {
            yield "recorded: "
                + decision.choice().orElseThrow()
                + ", "
                + (rules.required() - voting.size())
                + " more needed";
          }
        }
        if (!isAbort(decision) || question.isPresent()) {
          choice = decision.choice();
          chooser = Optional.of(by);
        }
        yield "recorded: " + decision.choice().orElseThrow();
      }
    };
  }

  private Optional<String> refuseApproval(Decision decision, Person by, Instant now) {
    if (plan.isEmpty()) {
      return Optional.of("there is no plan yet; wait until it is shown");
    }
    if (!plan.get().code().equals(decision.code())) {
      return Optional.of(
          "this run's plan is "
              + plan.get().code()
              + ", not "
              + decision.code()
              + "; read it and approve that code");
    }
    if (closed) {
      return Optional.of("too late: the cut over has begun or the run has ended");
    }
    if (expires.filter(now::isAfter).isPresent()) {
      return Optional.of("the plan expired at " + expires.get());
    }
    return refuseApprover(by).or(() -> refuseTwice(approvals, by));
  }

  private static Optional<String> refuseTwice(List<Person> before, Person by) {
    return before.stream().anyMatch(by::mayBe)
        ? Optional.of(by.name() + " has approved already; another person must")
        : Optional.empty();
  }

  /** Moving data by a choice takes the same people as approving a plan. */
  private boolean needsApprovers(Decision decision) {
    return question.filter(q -> q.kind() == Question.Kind.DIRECTION).isPresent()
        && Direction.isOne(decision.choice().orElse(""));
  }

  private Optional<String> refuseApprover(Person by) {
    if (rules.identity() == Approval.Identity.AUTHENTICATED && !by.authenticated()) {
      return Optional.of(
          "approval.identity is authenticated, and nothing proves that this is "
              + by.name()
              + "; sign with a person key (./resurge keys person NAME)");
    }
    if (!rules.approvers().isEmpty() && !rules.approvers().contains(by.name())) {
      return Optional.of(by.name() + " is not among approval.approvers " + rules.approvers());
    }
    if (!rules.requesterMayApprove() && by.mayBe(requester)) {
      return Optional.of(
          by.name() + " asked for this run; approval.requesterMayApprove is not set");
    }
    return Optional.empty();
  }

  private Optional<String> refuseRejection(Decision decision) {
    if (plan.isEmpty()) {
      return Optional.of("there is no plan yet; to end the run, cancel it");
    }
    if (!plan.get().code().equals(decision.code())) {
      return Optional.of("this run's plan is " + plan.get().code() + ", not " + decision.code());
    }
    return closed
        ? Optional.of("too late: the cut over has begun or the run has ended")
        : Optional.empty();
  }

  private Optional<String> refuseChoice(Decision decision, Person by) {
    var wanted = decision.choice().orElse("");
    if (isAbort(decision)) {
      var codes = new ArrayList<String>();
      codes.add(run.value());
      plan.ifPresent(p -> codes.add(p.code()));
      question.ifPresent(q -> codes.add(q.code()));
      return codes.contains(decision.code())
          ? Optional.empty()
          : Optional.of("this run is " + run + ", not " + decision.code());
    }
    if (question.isEmpty() || choice.isPresent()) {
      return Optional.of("nothing is being asked");
    }
    if (!question.get().code().equals(decision.code())) {
      return Optional.of(
          "the question now is " + question.get().code() + ", not " + decision.code());
    }
    if (!question.get().choices().contains(wanted)) {
      return Optional.of(
          "'" + wanted + "' is no choice here; choose of " + question.get().choices());
    }
    return needsApprovers(decision)
        ? refuseApprover(by).or(() -> refuseTwice(voters.getOrDefault(wanted, List.of()), by))
        : Optional.empty();
  }

  /** When the last approval needed was given; empty as long as one is missing. */
  Optional<Instant> approved() {
    return approved;
  }

  /** When the plan's approval expires. */
  Optional<Instant> expires() {
    return expires;
  }

  /** What was chosen for the present question. */
  Optional<String> choice() {
    return choice;
  }

  /** Who chose it. */
  Optional<Person> chooser() {
    return chooser;
  }

  /** Whether an answer to the plan would still come in time. */
  boolean awaitsApproval() {
    return plan.isPresent() && approved.isEmpty() && ending.isEmpty() && !closed;
  }

  /** Whether a name that nothing proves can approve. */
  boolean believesNames() {
    return rules.identity() == Approval.Identity.CLAIMED;
  }

  /** The rejection or abort that ends the run. */
  Optional<DecisionRecord> ending() {
    return ending;
  }

  Optional<Plan> plan() {
    return plan;
  }

  Optional<Question> question() {
    return question;
  }

  List<DecisionRecord> log() {
    return List.copyOf(log);
  }
}
