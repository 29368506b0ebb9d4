package dev.resurge.activities.platform.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.spi.Shell.Program;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: what ends them, and what passes through them. */
class HostShellIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String SECRET = "RESURGE_TEST_SECRET";

  private final HostShell shell =
      new HostShell(
          ProgramEnvironment.from(
              Map.of("PATH", System.getenv("PATH"), "HOME", "/root", SECRET, "hunter2")),
          Duration.ofMillis(300));
  private final TestAttempt attempt = new TestAttempt();

  @TempDir Path directory;

  @AfterEach
  void nothingIsLeft() {
    shell.close();
    assertThat(shell.endTagged(attempt.run().id().value(), "")).isZero();
  }

  @Test
  void argumentsArriveAsTheyAre() {
    var odd = List.of("a b", "it's \"quoted\"", "two\nlines", "$HOME `id` *", "", "-n", "Größe");

    var argv = new java.util.ArrayList<>(List.of("printf", "%s\\0"));
    argv.addAll(odd);
    var result = shell.run(attempt, program(argv));

    assertThat(result.stdout().split("\0", -1)).startsWith(odd.toArray(String[]::new)).hasSize(8);
  }

  @Test
  void aProgramIsFoundUnderAnOddName() throws IOException {
    var odd = script("it's a \"pro\ngram\"", "#!/bin/sh\necho found\n");

    var byPath = shell.run(attempt, program(List.of(odd.toString())));
    var inDirectory =
        shell.run(
            attempt,
            new Program(
                "db",
                List.of("./" + odd.getFileName()),
                Map.of(),
                java.util.Optional.of(directory),
                SOON));

    assertThat(byPath.stdout()).isEqualTo("found\n");
    assertThat(inDirectory.stdout()).isEqualTo("found\n");
  }

  @Test
  void aMissingProgramIsToldByItsName() {
    assertThatThrownBy(() -> shell.start(attempt, program(List.of("pg_dumpp", "-x"))))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_MISSING))
        .hasMessageContaining("'pg_dumpp'");
    assertThat(shell.which("pg_dumpp")).isEmpty();
    assertThat(shell.which("sh")).hasValueSatisfying(p -> assertThat(p).isExecutable());
  }

  @Test
  void whatIsWrittenIsReadAndWhatIsPrintedStreams() throws IOException {
    try (var cat = shell.start(attempt, program(List.of("cat")))) {
      cat.stdin().write("hello".getBytes(StandardCharsets.UTF_8));
      cat.stdin().close();

      assertThat(cat.stdout().readAllBytes()).asString().isEqualTo("hello");
      assertThat(cat.awaitExit()).isZero();
    }
  }

  @Test
  void twoHundredMegabytesPassInConstantMemory() throws IOException {
    long used = 0;
    long bytes = 0;
    try (var head =
        shell.start(attempt, program(List.of("head", "-c", "200000000", "/dev/zero")))) {
      var buffer = new byte[64 * 1024];
      System.gc();
      long before = usedMemory();
      for (int n = head.stdout().read(buffer); n >= 0; n = head.stdout().read(buffer)) {
        bytes += n;
        used = Math.max(used, usedMemory() - before);
      }
      head.awaitSuccess("Reading zeros");
    }
    assertThat(bytes).isEqualTo(200_000_000);
    assertThat(used).isLessThan(100_000_000);
  }

  private static long usedMemory() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void whatTheWorkerKnowsIsLeftOutOfWhatProgramsSay() {
    var says = "echo $PGPASSWORD; env >&2; echo AGE-SECRET-KEY-1QQ7 >&2; exit 1";
    var program = program(List.of("sh", "-c", says)).with(Map.of("PGPASSWORD", "planted-password"));
    var environment = ProgramEnvironment.from(System.getenv());
    try (var discreet =
        new HostShell(environment, said -> said.replace("planted-password", "(secret)"))) {
      var result = discreet.run(attempt, program);
      assertThat(result.stdout()).isEqualTo("planted-password\n");
      assertThat(result.lastLines())
          .startsWith("(secret)\n")
          .contains("PGPASSWORD=(secret)")
          .doesNotContain("planted", "1QQ7");
      assertThat(result.stderr()).doesNotContain("planted", "1QQ7");
      try (var failing = discreet.start(attempt, program)) {
        assertThatThrownBy(() -> failing.awaitSuccess("Telling"))
            .hasMessageContaining("PGPASSWORD=(secret)")
            .hasMessageNotContaining("planted");
      }
    }
  }

  @Test
  void aFloodOfErrorsBlocksNobodyAndItsLastLinesAreKept() {
    try (var noisy =
        shell.start(
            attempt,
            program(List.of("sh", "-c", "seq 1 300000 >&2; echo the last words >&2; exit 3")))) {
      assertThat(noisy.awaitExit()).isEqualTo(3);
      assertThat(noisy.stderrTail())
          .endsWith("300000\nthe last words\n")
          .hasSizeBetween(7000, 8192);
      assertThatThrownBy(() -> noisy.awaitSuccess("Counting to 300000"))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_FAILED))
          .hasMessageStartingWith("Counting to 300000: sh -c")
          .hasMessageContaining("exit code 3")
          .hasMessageEndingWith("the last words");
    }
  }

  @Test
  void manySilentProgramsAtOnceDoNotKeepOthersFromRunning() {
    for (int i = 0; i < 40; i++) {
      shell.start(attempt, program(List.of("sleep", "100")));
    }

    assertThat(shell.run(attempt, program(List.of("echo", "alive"))).stdout()).isEqualTo("alive\n");
    assertThat(tagged(attempt.tag("db"))).hasSize(40);

    shell.close();
    assertThat(tagged(attempt.tag("db"))).isEmpty();
  }

  @Test
  void cancellingTheAttemptEndsTheProgramItsChildrenAndTheirChildren() throws Exception {
    var pids = directory.resolve("pids");
    // a child, a grandchild, one in a session of its own, one that cleared its environment
    var family =
        """
        echo $$ >> "$1"
        sh -c 'echo $$ >> "$1"; sleep 1000 & echo $! >> "$1"; wait' sh "$1" &
        setsid sh -c 'echo $$ >> "$1"; exec sleep 1000' sh "$1" &
        env -i sleep 1000 & echo $! >> "$1"
        wait
        """;
    try (var running =
        shell.start(attempt, program(List.of("sh", "-c", family, "sh", pids.toString())))) {
      awaitLines(pids, 5);

      attempt.cancel();

      assertThatThrownBy(running::awaitExit).isInstanceOf(CancellationException.class);
      assertThat(Files.readAllLines(pids)).hasSize(5).allSatisfy(HostShellIT::hasEnded);
    }
  }

  @Test
  void aProgramThatIgnoresBeingAskedIsKilled() throws IOException {
    var ready = directory.resolve("ready");
    var stubborn = "trap '' TERM; echo $$ > \"$1\"; while :; do sleep 1; done";
    var running =
        shell.start(attempt, program(List.of("sh", "-c", stubborn, "sh", ready.toString())));
    awaitLines(ready, 1);

    running.close();

    assertThat(running.awaitExit()).isEqualTo(128 + 9);
    hasEnded(Files.readString(ready).strip());
  }

  @Test
  void aProgramIsKilledWhenItsTimeIsOver() {
    var program = program(List.of("sh", "-c", "echo begun; echo why >&2; sleep 1000"));

    assertThatThrownBy(() -> shell.run(attempt, program.within(Duration.ofMillis(200))))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_FAILED))
        .hasMessageContaining("did not end within 0.2 s")
        .hasMessageContaining("why");
  }

  @Test
  void childrenEndWithTheProgramAlthoughTheyHoldItsOutputOpen() throws IOException {
    var pid = directory.resolve("pid");
    var leaving = "sleep 1000 & echo $! > \"$1\"; echo done";

    var result = shell.run(attempt, program(List.of("sh", "-c", leaving, "sh", pid.toString())));

    assertThat(result.stdout()).isEqualTo("done\n");
    hasEnded(Files.readString(pid).strip());
  }

  @Test
  void whatEscapedFromItsFamilyIsNotWaitedForAlthoughItHoldsTheOutputOpen() {
    var begin = System.nanoTime();

    var escaping = "env -i setsid sleep 30 & echo $!";
    var result = shell.run(attempt, program(List.of("sh", "-c", escaping)));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    ProcessHandle.of(Long.parseLong(result.stdout().strip())).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void aCancelledAttemptStartsNothing() {
    var file = directory.resolve("started");
    attempt.cancel();

    assertThatThrownBy(() -> shell.run(attempt, program(List.of("touch", file.toString()))))
        .isInstanceOf(CancellationException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void anInterruptedWaitEndsTheProgram() throws Exception {
    var ended = new CountDownLatch(1);
    try (var running = shell.start(attempt, program(List.of("sleep", "1000")))) {
      var waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  running.awaitExit();
                } catch (CancellationException e) {
                  ended.countDown();
                }
              });
      waiting.interrupt();

      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(running.stdout().read()).isEqualTo(-1);
    }
  }

  @Test
  void onlyWhatTheAttemptsOfTheRunLeftIsEnded() throws IOException {
    var zombie = new TestAttempt(attempt.run());
    var otherRun = new TestAttempt();
    shell.start(attempt, program("db", "sleep", "1000"));
    shell.start(zombie, program("documents", "sleep", "1000"));
    shell.start(otherRun, program("db", "sleep", "1000"));
    try (var left = shell.start(zombie, program("db", "sh", "-c", "sleep 1000 & wait"))) {
      int ended = shellOfAnotherWorker().endTagged(attempt.tagPrefix("db"), attempt.tag("db"));

      assertThat(ended).isPositive();
      assertThat(left.awaitExit()).isEqualTo(128 + 15);
      assertThat(tagged(zombie.tag("db"))).isEmpty();
      assertThat(tagged(attempt.tag("db"))).hasSize(1);
      assertThat(tagged(zombie.tag("documents"))).hasSize(1);
      assertThat(tagged(otherRun.tag("db"))).hasSize(1);
    }
  }

  @Test
  void whatADeadWorkerLeftIsFoundAlthoughItClearedItsEnvironment() throws Exception {
    var orphan = new ProcessBuilder("setsid", "sh", "-c", "env -i sleep 1000 & echo $!; wait");
    orphan.environment().put(HostShell.TAG, new TestAttempt(attempt.run()).tag("db"));
    var pid = readLine(orphan.start().getInputStream());

    assertThat(shell.endTagged(attempt.tagPrefix("db"), attempt.tag("db"))).isEqualTo(2);

    hasEnded(pid);
  }

  @Test
  void endingTheProgramsOfAllRunsIsRefused() {
    assertThatThrownBy(() -> shell.endTagged("", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aProgramGetsNoSecretOfTheWorkersButWhatItIsGiven() {
    var program = Program.of("db", List.of("env")).with(Map.of("PGPASSWORD", "given"));

    var environment = shell.run(attempt, program).stdout().lines().toList();

    assertThat(environment)
        .contains(
            "PGPASSWORD=given",
            "HOME=/root",
            "LC_ALL=C.UTF-8",
            "RESURGE_TAG=" + attempt.tag("db"),
            "PATH=" + System.getenv("PATH"))
        .noneMatch(line -> line.contains("hunter2"))
        .hasSize(7);
  }

  private HostShell shellOfAnotherWorker() {
    return new HostShell(ProgramEnvironment.from(System.getenv()), Duration.ofMillis(300));
  }

  private static Program program(List<String> argv) {
    return Program.of("db", argv).within(Duration.ofSeconds(60));
  }

  private static Program program(String component, String... argv) {
    return Program.of(component, List.of(argv)).within(Duration.ofSeconds(60));
  }

  private Path script(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static String readLine(java.io.InputStream stream) {
    return new java.util.Scanner(stream, StandardCharsets.UTF_8).nextLine();
  }

  private static void awaitLines(Path file, int count) {
    assertThat(
            Poll.until(
                SOON,
                Duration.ofMillis(5),
                () -> {
                  try {
                    return Files.exists(file) && Files.readAllLines(file).size() >= count;
                  } catch (IOException e) {
                    return false;
                  }
                }))
        .as("%d lines in %s", count, file)
        .isTrue();
  }

  private static List<ProcessTable.Entry> tagged(String tag) {
    return new ProcessTable().find(p -> p.variable(HostShell.TAG).filter(tag::equals).isPresent());
  }

  /** Zombies have ended: nobody but their parent can do more about them. */
  private static void hasEnded(String pid) {
    assertThat(new ProcessTable().find(p -> p.pid() == Long.parseLong(pid)))
        .as("process %s", pid)
        .isEmpty();
  }
}
