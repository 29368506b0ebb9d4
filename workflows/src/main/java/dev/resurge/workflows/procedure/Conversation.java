package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Proof;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.Approval;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A run's dealings with people: asks, waits, and keeps the time that went by waiting. */
final class Conversation {
  private static final String CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private Run run;
  private final Runnable changed;
  private final Desk desk;
  private final Timeline timeline;
  private final Telling telling;
  private final Notices notices;
  private Supplier<Forecast> forecast = () -> Forecast.NONE;
  private final Severity parked;
  private Approval rules = Approval.STRICTEST;
  private Duration waited = Duration.ZERO;
  private boolean asking;

  /**
   * Refuses approvals until it is told the rules.
   *
   * @param parked how grave it is when a step keeps failing
   * @param changed told after every change that people could see
   */
  Conversation(Run run, Severity parked, Runnable changed) {
    this.run = run;
    this.parked = parked;
    this.changed = changed;
    this.desk = new Desk(run.id(), run.requester());
    this.timeline = new Timeline(Conversation::time, changed);
    this.telling = new Telling(timeline);
    this.notices = new Notices(run);
  }

  /** The runbook's rules of approval; they come with the runbook, after the run has begun. */
  void useRules(Approval newRules) {
    rules = newRules;
    desk.useRules(newRules);
  }

  /** Where people are told who are not looking. */
  Telling telling() {
    return telling;
  }

  /** In what words. */
  Notices notices() {
    return notices;
  }

  /** For one trouble, which may be asked about several times. */
  Patience patience() {
    return new Patience();
  }

  /** The run, now that its runbook was read: what proves an answer must find the store. */
  void about(Run loaded) {
    run = loaded;
  }

  Desk desk() {
    return desk;
  }

  Timeline timeline() {
    return timeline;
  }

  /** How long people were waited for. */
  Duration waited() {
    return waited;
  }

  Instant now() {
    return time();
  }

  /** Whoever is told of a plan hears as well how long it is likely to take. */
  void useForecast(Supplier<Forecast> predicted) {
    forecast = predicted;
  }

  /** Puts a plan before people; nobody is told of it. */
  void present(Plan plan) {
    desk.present(plan, now());
    changed.run();
  }

  /** Puts a plan that waits for approval before people, those who are not looking, too. */
  void propose(Plan plan) {
    present(plan);
    telling.tell(proposed());
  }

  /** What people are told of the plan that waits. */
  Notice proposed() {
    return notices.planned(
        desk.plan().orElseThrow(), forecast.get(), desk.expires().orElseThrow(), now());
  }

  /** Asks and waits for one of the choices; one question at a time. */
  String ask(Question.Kind kind, String text, List<String> choices) {
    return ask(kind, text, choices, Duration.ofDays(10_000), () -> false, patience()).orElseThrow();
  }

  /**
   * The same, but goes on without an answer after {@code atMost}, or as soon as {@code otherwise}
   * holds.
   *
   * @param patience the same for all questions about one trouble
   */
  Optional<String> ask(
      Question.Kind kind,
      String text,
      List<String> choices,
      Duration atMost,
      Supplier<Boolean> otherwise,
      Patience patience) {
    Workflow.await(() -> !asking);
    asking = true;
    try {
      var question = new Question(kind, newCode(4), text, choices, now());
      desk.ask(question);
      patience.asked(question);
      var since = now();
      int step = timeline.beginWaiting("wait for a decision", text);
      try {
        patience.await(atMost, () -> desk.choice().isPresent() || otherwise.get());
      } finally {
        waited = waited.plus(Duration.between(since, now()));
        timeline.done(step, Optional.empty());
      }
      return desk.choice();
    } finally {
      desk.clear();
      asking = false;
      changed.run();
    }
  }

  /** Waits, but not longer than until {@code deadline}; whether it came true. */
  boolean waitFor(Instant deadline, Supplier<Boolean> condition) {
    var left = Duration.between(now(), deadline);
    return left.isPositive() ? Workflow.await(left, condition) : condition.get();
  }

  /** Adds time that a child waited for people. */
  void waitedToo(Duration time) {
    waited = waited.plus(time);
  }

  /** Finds out who says so, then takes it in by the rules. */
  DecisionAnswer answer(Decision decision) {
    var proof = decision.voucher().isPresent() ? proved(decision) : Proof.of(identified(decision));
    var answer =
        proof
            .refusal()
            .map(why -> desk.refuse(decision, proof.person(), why, now()))
            .orElseGet(() -> desk.answer(decision, proof.person(), now()));
    changed.run();
    return answer;
  }

  private Person identified(Decision decision) {
    return Stubs.patient(IdentityActivities.class, "who is " + decision.by())
        .identify(run, decision);
  }

  /** Whoever waits on a page hears soon that an answer cannot be taken now. */
  private Proof proved(Decision decision) {
    try {
      return Stubs.once(IdentityActivities.class, "who is " + decision.by()).prove(run, decision);
    } catch (ActivityFailure e) {
      if (Failures.isCancellation(e)) {
        throw e;
      }
      return Proof.refused(
          decision,
          "whether this answer was given before cannot be found out just now, so it was not taken;"
              + " answer again later: "
              + Failures.describe(e).message());
    }
  }

  /**
   * For signals, which no validator guards and whose failure would fail the whole workflow: what
   * cannot be taken is noted.
   */
  void bySignal(Decision decision, Consumer<Decision> take) {
    try {
      requireWellFormed(decision);
      take.accept(decision);
    } catch (IllegalArgumentException e) {
      timeline.note("malformed answer", e.getMessage());
    } catch (TemporalFailure e) {
      timeline.note("answer not taken", Failures.describe(e).message());
    }
  }

  /**
   * @throws IllegalArgumentException with an example of what is right
   */
  static void requireWellFormed(Decision decision) {
    if (decision == null
        || decision.kind() == null
        || decision.by() == null
        || decision.by().isBlank()
        || decision.code() == null
        || decision.code().isBlank()
        || (decision.kind() == Decision.Kind.DECIDE && decision.choice().isEmpty())) {
      var malformed =
          new IllegalArgumentException(
              "an answer looks like {\"kind\":\"approve\",\"code\":\"<the plan's code>\",\"by\":"
                  + "\"<your name>\"}; kind is approve, reject or decide, and decide needs"
                  + " \"choice\":\"retry\"");
      malformed.setStackTrace(
          new StackTraceElement[0]); // Temporal's UI would show it to the person
      throw malformed;
    }
  }

  /** Short, without letters that look alike; the same again on replay. */
  static String newCode(int length) {
    var random = Workflow.newRandom();
    var code = new StringBuilder();
    for (int i = 0; i < length; i++) {
      code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
    }
    return code.toString();
  }

  /**
   * Tells people of one trouble: when it is first asked about, and the next people once when nobody
   * has answered for the time that the rules give. Manual checks and directions have a reminder of
   * their own.
   */
  final class Patience {
    private Optional<Notice> told = Optional.empty();
    private boolean escalates;

    private void asked(Question question) {
      if (told.isEmpty()) {
        told = Optional.of(notices.asked(question, parked));
        escalates = telling.open() && question.kind() == Question.Kind.PARKED;
        telling.tell(told.get());
      }
    }

    private void await(Duration atMost, Supplier<Boolean> answered) {
      var end = now().plus(atMost);
      if (escalates) {
        var due = told.orElseThrow().at().plus(rules.escalateAfter());
        if (due.isBefore(end)) {
          if (waitFor(due, answered)) {
            return;
          }
          escalates = false;
          escalate(
              told.orElseThrow(), "not answered after " + Durations.human(rules.escalateAfter()));
        }
      }
      waitFor(end, answered);
    }
  }

  /** The next people are told of what the ones before did not answer. */
  void escalate(Notice before, String words) {
    telling.tell(notices.escalated(before, words, rules.escalateTo(), now()));
  }

  private static Instant time() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
