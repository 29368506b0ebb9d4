package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What people are told of a run or of a system, wherever they are. Holds no secret: it is made of
 * what a run's plan, questions and evidence say, and what the store holds.
 *
 * @param procedure that runs, or that is missing
 * @param run empty for what was noticed without one: a backup that did not come
 * @param title one line that says enough to decide whether to get up
 * @param lines the rest, the most important first
 * @param code of the plan or question that waits for an answer
 * @param answers the commands that answer it
 * @param to people who are told besides those that the routes name
 * @param at when it happened
 */
public record Notice(
    Event event,
    Severity severity,
    String system,
    Procedure procedure,
    Optional<RunId> run,
    String title,
    List<String> lines,
    Optional<String> code,
    List<String> answers,
    List<String> to,
    Instant at) {
  private static final int TITLE_CHARACTERS = 200;
  private static final int LINE_CHARACTERS = 600;
  private static final int MOST_LINES = 40;

  /** What happened; the words of {@code notifications.routes}. */
  public enum Event {
    @JsonProperty("started")
    STARTED("started"),
    /** A plan, a manual check or a direction waits for people. */
    @JsonProperty("waiting")
    WAITING("waiting"),
    /** Nobody answered in time. */
    @JsonProperty("escalated")
    ESCALATED("escalated"),
    /** A step keeps failing, and the run waits for a decision. */
    @JsonProperty("parked")
    PARKED("parked"),
    @JsonProperty("done")
    DONE("done"),
    /** Ended without what it was for, whoever ended it. */
    @JsonProperty("failed")
    FAILED("failed"),
    /**
     * Done, but later or with older data than the objectives allow; or an objective is missed
     * though nothing was done, as by a backup that did not come.
     */
    @JsonProperty("objectiveMissed")
    OBJECTIVE_MISSED("objectiveMissed");

    private final String id;

    Event(String id) {
      this.id = id;
    }

    /** The word in configuration and messages. */
    public String id() {
      return id;
    }
  }

  public Notice {
    title = cut(title.lines().findFirst().orElse(""), TITLE_CHARACTERS);
    lines =
        lines.stream()
            .flatMap(String::lines)
            .limit(MOST_LINES)
            .map(line -> cut(line, LINE_CHARACTERS))
            .toList();
    answers = List.copyOf(answers);
    to = List.copyOf(to);
  }

  /** The same, that an answer is waited for. */
  public Notice asking(Optional<String> codeOfIt, List<String> answersToIt) {
    return new Notice(
        event, severity, system, procedure, run, title, lines, codeOfIt, answersToIt, to, at);
  }

  /** The same, told to these people besides those that the routes name. */
  public Notice to(List<String> people) {
    return new Notice(
        event, severity, system, procedure, run, title, lines, code, answers, people, at);
  }

  /** The same for every delivery of this notice, so that a receiver can know it again. */
  public String id() {
    var subject = run.map(RunId::value).orElseGet(() -> system + "/" + procedure.id());
    return subject + "/" + event.id() + "/" + at.toEpochMilli();
  }

  /** How a run that has ended is called. */
  public static Event ended(Verdict verdict) {
    return switch (verdict) {
      case PASS -> Event.DONE;
      case FAIL_OBJECTIVE -> Event.OBJECTIVE_MISSED;
      case FAIL_INTEGRITY, SWAPPED_BACK, REFUSED, REJECTED, ABORTED, FAILED -> Event.FAILED;
    };
  }

  /** The event of that name. */
  public static Optional<Event> event(String id) {
    return Arrays.stream(Event.values()).filter(e -> e.id().equals(id)).findFirst();
  }

  private static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
