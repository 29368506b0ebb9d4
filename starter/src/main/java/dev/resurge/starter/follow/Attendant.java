package dev.resurge.starter.follow;

import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.view.PlanText;
import dev.resurge.starter.view.QuestionText;
import dev.resurge.starter.view.RunView;
import dev.resurge.starter.view.Style;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shows each plan and question of a run once, puts it to whoever sits there, and brings the answer.
 * A question that somebody else answers meanwhile is withdrawn.
 */
public final class Attendant {
  /** What happens with a plan. */
  public enum Approval {
    /** It is approved as soon as it is there ({@code --yes}). */
    GIVE,
    /** The person here is asked to type the system's name. */
    ASK,
    /** The commands that answer it are shown. */
    TELL
  }

  /** Whether to stay with the run. */
  public enum Stay {
    ON,
    LEAVE
  }

  private final Terminal terminal;
  private final Runs runs;
  private final RunView view;
  private final Decider decider;
  private final Approval approval;
  private final Optional<Direction> direction;
  private final Style style;
  private final Set<String> shown = new HashSet<>();
  private Optional<Prompt> open = Optional.empty();

  public Attendant(Terminal terminal, Runs runs, RunView view, Decider decider, Approval approval) {
    this(terminal, runs, view, decider, approval, Optional.empty());
  }

  /**
   * @param direction chosen, once, as soon as a run offers it
   */
  public Attendant(
      Terminal terminal,
      Runs runs,
      RunView view,
      Decider decider,
      Approval approval,
      Optional<Direction> direction) {
    this.terminal = terminal;
    this.runs = runs;
    this.view = view;
    this.decider = decider;
    this.approval = approval;
    this.direction = direction;
    this.style = new Style(terminal.colours());
  }

  /** Whether an answer is being waited for here. */
  public boolean prompting() {
    return open.isPresent();
  }

  /** Looks at what the run asks now. */
  public void attend(RunState state) {
    if (state.ended()) {
      withdraw("the run has ended");
      return;
    }
    if (state.status().isEmpty()) {
      return;
    }
    var status = state.status().get();
    if (open.filter(prompt -> !prompt.stillAsked(status)).isPresent()) {
      withdraw("that has been answered elsewhere");
    }
    status.plan().filter(p -> shown.add("plan " + p.code())).ifPresent(p -> plan(state, p));
    status
        .question()
        .filter(q -> status.plan().filter(p -> p.code().equals(q.code())).isEmpty())
        .filter(q -> shown.add("question " + q.code()))
        .ifPresent(q -> question(state.ref(), status, q));
  }

  private void withdraw(String why) {
    if (open.isPresent()) {
      open = Optional.empty();
      terminal.progress("");
      terminal.progress("  " + why);
    }
  }

  private void plan(RunState state, Plan plan) {
    var forecast = state.status().flatMap(Status::prediction);
    say(PlanText.lines(plan, forecast, terminal.width(), style));
    if (state.ref().procedure() == Procedure.SETTLE) {
      return; // it was approved then; now a direction is asked for
    }
    if (new PlanPrompt(plan, 2).answered(state.status().orElseThrow())) {
      return;
    }
    switch (approval) {
      case GIVE -> approve(state.ref(), plan);
      case ASK -> ask(new PlanPrompt(plan, 2));
      case TELL -> say(QuestionText.planCommands(plan));
    }
  }

  private void question(RunRef run, Status status, Question question) {
    say(QuestionText.lines(run, question, terminal.width(), style));
    var chosen = direction.map(Direction::id).filter(question.choices()::contains);
    if (chosen.isPresent()
        && question.kind() == Question.Kind.DIRECTION
        && shown.add("direction")) {
      decide(run, status, question, chosen.get());
      return;
    }
    if (terminal.interactive() && question.kind() != Question.Kind.APPROVAL) {
      ask(new ChoicePrompt(status, question));
    }
  }

  private void ask(Prompt prompt) {
    if (terminal.interactive()) {
      terminal.forgetTyped();
    }
    open = Optional.of(prompt);
    terminal.prompt(prompt.text());
  }

  /** Takes in a typed line while {@link #prompting}. */
  public Stay typed(RunRef run, String line) {
    return switch (open.orElseThrow()) {
      case PlanPrompt prompt -> planAnswer(run, prompt, line.strip());
      case ChoicePrompt prompt -> {
        choice(run, prompt, line.strip());
        yield Stay.ON;
      }
    };
  }

  /** Stdin has ended: nobody will answer here. */
  public void nobodyThere() {
    open.ifPresent(prompt -> {
      terminal.progress("");
      if (prompt instanceof PlanPrompt plan) {
        say(QuestionText.planCommands(plan.plan()));
      }
    });
    open = Optional.empty();
  }

  private Stay planAnswer(RunRef run, PlanPrompt prompt, String line) {
    open = Optional.empty();
    if (line.equals(run.system())) {
      approve(run, prompt.plan());
      return Stay.ON;
    }
    if (line.equals("reject")) {
      deliver(run, prompt.plan(), Decision.Kind.REJECT);
      return Stay.ON;
    }
    if (prompt.tries() > 1) {
      terminal.progress("  '" + line + "' is not " + run.system() + "; nothing was approved.");
      ask(new PlanPrompt(prompt.plan(), prompt.tries() - 1));
      return Stay.ON;
    }
    terminal.progress("  Nothing was approved. The run waits for an answer from anywhere:");
    say(QuestionText.planCommands(prompt.plan()));
    return Stay.LEAVE;
  }

  private void approve(RunRef run, Plan plan) {
    deliver(run, plan, Decision.Kind.APPROVE);
  }

  private void deliver(RunRef run, Plan plan, Decision.Kind kind) {
    var decision =
        decider.decision(
            Optional.of(plan.run()), kind, plan.code(), Optional.empty(), Optional.empty());
    var delivery = runs.answer(run, decision);
    terminal.progress("  " + DeliveryText.of(delivery));
    if (DeliveryText.refused(delivery)) {
      terminal.progress("  The run goes on waiting; somebody who may can answer with:");
      say(QuestionText.planCommands(plan));
    }
  }

  private void choice(RunRef run, ChoicePrompt prompt, String line) {
    open = Optional.empty();
    if (line.isEmpty()) {
      terminal.progress("  left open; the commands above answer it from anywhere");
      return;
    }
    if (!prompt.question().choices().contains(line)) {
      terminal.progress("  '" + line + "' is no choice here");
      ask(prompt);
      return;
    }
    decide(run, prompt.status(), prompt.question(), line);
  }

  private void decide(RunRef run, Status status, Question question, String choice) {
    var decision =
        decider.decision(
            Optional.of(status.run()),
            Decision.Kind.DECIDE,
            question.code(),
            Optional.of(choice),
            Optional.empty());
    terminal.progress("  " + DeliveryText.of(runs.answer(run, decision)));
  }

  private void say(List<String> lines) {
    view.interrupt();
    lines.forEach(terminal::progress);
  }
}
