package dev.resurge.worker.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.Moment;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.StepPoint;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.util.Optional;

/** A procedure as the matrix runs it: what is there before, how it is asked for, what must be. */
enum Course {
  BACKUP("Backup") {
    @Override
    Expected prepare(World world) {
      world.library().add("acknowledged");
      return Expected.unchanged(world.live());
    }

    @Override
    RunHandle start(World world) {
      return world.runs().backup();
    }

    @Override
    void proveRight(World world, Expected expected, Evidence evidence) {
      var set = evidence.set().orElseThrow().set();
      assertThat(world.archive().rows(set, "book")).isEqualTo(expected.right().books());
      for (var component : world.archive().manifest(set).components()) {
        assertThat(folderOf(world, set).resolve(component.name()).toFile().list())
            .as("attempts of which something is left")
            .hasSize(1);
      }
      world.expect(Verdict.PASS, world.runs().verify(set));
    }
  },

  RESTORE("Restore") {
    @Override
    Expected prepare(World world) {
      return damaged(world);
    }

    @Override
    RunHandle start(World world) {
      return world.runs().restore();
    }

    @Override
    void proveRight(World world, Expected expected, Evidence evidence) {
      assertThat(world.kept(evidence.retained())).isEqualTo(expected.before().orElseThrow());
    }
  },

  IN_PLACE("Restore in place") {
    @Override
    Expected prepare(World world) {
      var expected = damaged(world);
      world.runbook(standard -> standard.with("restore", "strategy: inPlace\nminimumFree: 1MB"));
      return expected;
    }

    @Override
    RunHandle start(World world) {
      return world.runs().restore();
    }

    @Override
    void proveRight(World world, Expected expected, Evidence evidence) {
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
      var safety = evidence.safetySet().orElseThrow().set();
      assertThat(world.archive().rows(safety, "book"))
          .isEqualTo(expected.before().orElseThrow().books());
      world.runbook(standard -> standard);
      world.expect(Verdict.PASS, world.runs().verify(safety));
    }
  },

  RECOVER("Recover") {
    @Override
    Expected prepare(World world) {
      world.library().add("acknowledged");
      var good = world.live();
      world.backup();
      world.loseTarget();
      return new Expected(Optional.empty(), good);
    }

    @Override
    RunHandle start(World world) {
      return world.runs().recover();
    }
  },

  PRUNE("Prune") {
    @Override
    Expected prepare(World world) {
      world.backup();
      world.library().add("acknowledged, and replaced");
      var replaced = world.live();
      world.expect(Verdict.PASS, world.runs().restore().approve());
      world.backup();
      world.backup();
      world.runbook(standard -> standard.with("retention", "keep: {last: 1}\nretainedCopies: 1s"));
      assertThat(world.live()).isNotEqualTo(replaced);
      return Expected.unchanged(world.live());
    }

    @Override
    RunHandle start(World world) {
      return world.runs().prune(false);
    }

    @Override
    void proveRight(World world, Expected expected, Evidence evidence) {
      assertThat(world.otherDatabases()).as("retained copies").isEmpty();
      assertThat(world.otherDirectories()).as("retained copies").isEmpty();
      var copied = world.archive().sets().getFirst();
      assertThat(copied.kind()).isEqualTo(SetKind.SAFETY);
      assertThat(copied.labels()).containsKey("from-retained");
      assertThat(world.archive().rows(copied.set(), "book"))
          .isEqualTo(expected.right().books() + 1);
      assertThat(world.archive().sets().stream().filter(s -> s.kind() == SetKind.MANUAL))
          .as("sets that stay")
          .hasSizeBetween(1, 2);
      for (var set : world.archive().sets()) {
        world.expect(Verdict.PASS, world.runs().verify(set.set()));
      }
    }
  },

  SETTLE_FORWARD("Settle forward") {
    @Override
    Expected prepare(World world) {
      return leftHalfWay(world);
    }

    @Override
    RunHandle start(World world) {
      return world.runs().settle();
    }

    @Override
    String direction() {
      return "forward";
    }

    @Override
    void proveRight(World world, Expected expected, Evidence evidence) {
      assertThat(world.kept(evidence.retained())).isEqualTo(expected.before().orElseThrow());
    }
  },

  SETTLE_BACK("Settle back") {
    @Override
    Expected prepare(World world) {
      var expected = leftHalfWay(world);
      return Expected.unchanged(expected.before().orElseThrow());
    }

    @Override
    RunHandle start(World world) {
      return world.runs().settle();
    }

    @Override
    String direction() {
      return "back";
    }
  };

  private static final StepPoint SECOND_SWAP = new StepPoint("CutOver", "swap files", 1);

  private final String words;

  Course(String words) {
    this.words = words;
  }

  /** Makes the world as it is when the run is asked for. */
  abstract Expected prepare(World world);

  /** Asks for the run. */
  abstract RunHandle start(World world);

  /** What is answered when it asks which way to go. */
  String direction() {
    return "";
  }

  /** What holds after a run that passed, besides what holds after every run. */
  void proveRight(World world, Expected expected, Evidence evidence) {}

  /** Data in a set, and then damaged; what was written after the set was acknowledged. */
  private static Expected damaged(World world) {
    var good = world.live();
    world.backup();
    world.damage();
    world.library().add("acknowledged after the backup");
    return Expected.change(world.live(), good);
  }

  /** A cut over that ended without a word between its two swaps. */
  private static Expected leftHalfWay(World world) {
    var expected = damaged(world);
    world.watch().arm(Moment.startOf(SECOND_SWAP));
    var restore = world.runs().restore().approve();
    world.watch().awaitReached(() -> false);
    world.runs().terminateCutOver(restore);
    world.watch().abandon();
    return expected;
  }

  private static java.nio.file.Path folderOf(World world, SetId set) {
    return world.store().resolve(world.system()).resolve("sets").resolve(set.value());
  }

  @Override
  public String toString() {
    return words;
  }
}
