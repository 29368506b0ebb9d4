package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.component.postgres.DatabaseCatalog.Entry;
import dev.resurge.activities.component.postgres.SwapWorld.Names;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Worlds are written as what bears the names live, staged, retained, rejected: O old data, N the
 * restored copy, ? another database, - none; in lower case one that accepts no connections.
 */
class SwapWorldTest {
  private static final List<String> NAMES = List.of("library", "staged", "retained", "rejected");
  private static final TargetIdentity OLD = new TargetIdentity("postgres-1-100");
  private static final TargetIdentity NEW = new TargetIdentity("postgres-1-200");
  private static final TargetIdentity OTHER = new TargetIdentity("postgres-1-300");
  private static final Optional<TargetIdentity> NOTHING = Optional.empty();

  @Test
  void ofAllWorldsThreeBelongToASwapOfOldData() {
    var known = Map.of("ON--", Names.BEFORE, "N-O-", Names.AFTER, "O--N", Names.BACK);

    for (var bearers : all(4)) {
      assertThat(world(bearers, Optional.of(OLD)).names())
          .as(bearers)
          .isEqualTo(known.getOrDefault(bearers, Names.OTHER));
    }
  }

  @Test
  void ofAllWorldsFourBelongToASwapWhereNothingWas() {
    var known =
        Map.of(
            "-N--", Names.BEFORE, "N---", Names.AFTER, "---N", Names.BACK, "----", Names.REMOVED);

    for (var bearers : all(4)) {
      assertThat(world(bearers, NOTHING).names())
          .as(bearers)
          .isEqualTo(known.getOrDefault(bearers, Names.OTHER));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ON--, BEFORE",
    "oN--, BETWEEN",
    "On--, BEFORE",
    "N-O-, AFTER",
    "N-o-, AFTER",
    "n-O-, BETWEEN",
    "O--N, BACK",
    "o--N, BETWEEN",
    "NO--, CHANGED",
    "no--, CHANGED",
    "?N--, CHANGED",
    "----, CHANGED",
  })
  void aSwapIsUnderWayAsLongAsTheLiveNameIsClosed(String bearers, Position position) {
    assertThat(world(bearers, Optional.of(OLD)).position()).isEqualTo(position);
  }

  @ParameterizedTest
  @CsvSource({
    "-N--, BEFORE",
    "N---, AFTER",
    "n---, BETWEEN",
    "---N, BACK",
    "----, BACK",
    "ON--, CHANGED"
  })
  void whereNothingWasThereIsNothingToClose(String bearers, Position position) {
    assertThat(world(bearers, NOTHING).position()).isEqualTo(position);
  }

  @Test
  void peopleAreToldWhatBearsEachNameAndWhereTheDataIs() {
    assertThat(world("?n-O", Optional.of(OLD)).describe())
        .isEqualTo(
            "'library' is postgres-1-300;"
                + " 'staged' is postgres-1-200 (closed to connections);"
                + " 'retained' does not exist;"
                + " 'rejected' is postgres-1-100;"
                + " the old data (postgres-1-100) is 'rejected';"
                + " the restored data (postgres-1-200) is 'staged'");
    assertThat(world("----", NOTHING).describe())
        .endsWith(
            "there was no old data;"
                + " the restored data (postgres-1-200) is nowhere on this server");
  }

  @Test
  void restoredDataUnderAForeignNameIsNotRemoved() {
    assertThat(swap(NOTHING, Map.of("mail", entry("mail", '?'))).names()).isEqualTo(Names.REMOVED);
    assertThat(swap(NOTHING, Map.of("mail", entry("mail", 'N'))).names()).isEqualTo(Names.OTHER);
  }

  private static SwapWorld world(String bearers, Optional<TargetIdentity> live) {
    var found = new HashMap<String, Entry>();
    for (int i = 0; i < NAMES.size(); i++) {
      var bearer = bearers.charAt(i);
      if (bearer != '-') {
        found.put(NAMES.get(i), entry(NAMES.get(i), bearer));
      }
    }
    return swap(live, found);
  }

  private static SwapWorld swap(Optional<TargetIdentity> live, Map<String, Entry> found) {
    return new SwapWorld(
        new Swap(
            "database", NAMES.get(0), live, OLD, NAMES.get(1), NEW, NAMES.get(2), NAMES.get(3)),
        found);
  }

  private static Entry entry(String name, char bearer) {
    var identity =
        switch (Character.toUpperCase(bearer)) {
          case 'O' -> OLD;
          case 'N' -> NEW;
          default -> OTHER;
        };
    return new Entry(identity, 1, name, "dba", !Character.isLowerCase(bearer), Map.of());
  }

  private static List<String> all(int names) {
    if (names == 0) {
      return List.of("");
    }
    return all(names - 1).stream()
        .flatMap(rest -> List.of("O", "N", "?", "-").stream().map(bearer -> bearer + rest))
        .toList();
  }
}
