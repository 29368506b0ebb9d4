package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.CommandLine;
import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * One world with one good set, in which every test of a class does something wrong. After each of
 * them the live data must be what it was, and nothing may be left over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BadInput {
  World world;
  SetId set;
  LiveData good;

  @BeforeAll
  void start() {
    world = World.start();
    set = world.backup();
    good = world.live();
  }

  @AfterEach
  void nothingLiveWasTouched() {
    world.runbook(standard -> standard);
    world.assertSettled(good);
  }

  @AfterAll
  void close() {
    if (world != null) {
      world.close();
    }
  }

  /** The run ends so, and its signed report says that type and all these words. */
  Evidence endsWith(Verdict verdict, RunHandle run, ErrorType type, String... words) {
    var evidence = world.expect(verdict, run);
    var failure = evidence.failure().orElseThrow();
    assertThat(failure.message()).contains(words);
    assertThat(failure.type()).as(failure.message()).isEqualTo(type.id());
    assertThat(failure.remedy()).isEqualTo(type.remedy());
    assertThat(evidence.summary()).contains(words);
    return evidence;
  }

  /** The run stops and asks a person, saying that type and all these words; then it is ended. */
  Evidence parksWith(RunHandle run, ErrorType type, String... words) {
    var question = run.question();
    run.decide("abort");
    var evidence = endsWith(Verdict.ABORTED, run, ErrorType.ABORTED, "aborted by alice");
    assertThat(question.text()).contains(words).contains("(" + type.id() + ")", type.remedy());
    assertThat(question.choices()).contains("retry", "abort");
    return evidence;
  }

  /**
   * Waits until nothing but people is waited for. Ending a run earlier may cancel an activity in
   * the moment it completes, for which the in-memory server wedges the run.
   */
  static void awaitPeople(RunHandle run) {
    run.await("approval alone", status -> status.phase().equals("waiting for approval"));
  }

  /** Ends a run that has a plan. */
  static void abort(RunHandle run) {
    awaitPeople(run);
    var answer = run.answer(Decision.Kind.DECIDE, run.plan().code(), Optional.of("abort"));
    assertThat(answer.accepted()).as(answer.answer()).isTrue();
  }

  /** What {@code ./resurge} answers. */
  CommandLine.Ended resurge(String... arguments) {
    return new CommandLine(world).run(arguments);
  }
}
