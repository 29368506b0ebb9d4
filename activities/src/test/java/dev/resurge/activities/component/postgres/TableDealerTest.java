package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableDealerTest {
  private static final long MB = 1 << 20;

  @Test
  void theBiggestTableGetsAStreamOfItsOwn() {
    var deal = TableDealer.deal(List.of(table(1, 900), table(2, 100), table(3, 90)), 2, 0);

    assertThat(oids(deal)).containsExactly(List.of(2L, 3L));
  }

  @Test
  void whatTheFirstStreamCarriesAnywayIsPutIntoTheScales() {
    var deal = TableDealer.deal(List.of(table(1, 900), table(2, 100)), 2, 2000 * MB);

    assertThat(oids(deal)).containsExactly(List.of(1L, 2L));
  }

  @Test
  void oneStreamTakesEverything() {
    assertThat(TableDealer.deal(List.of(table(1, 900), table(2, 100)), 1, 0).others()).isEmpty();
  }

  @Test
  void noStreamIsEmpty() {
    assertThat(TableDealer.deal(List.of(table(1, 900)), 8, MB).others()).hasSize(1);
    assertThat(TableDealer.deal(List.of(), 8, 0).others()).isEmpty();
  }

  @Test
  void smallTablesParentsAndWhatExtensionsMadeStayInTheFirstStream() {
    var small = new Table(1, "s", "small", false, false, TableDealer.WORTH_DEALING - 1, 0);
    var parent = new Table(2, "s", "parent", true, false, 900 * MB, 0);
    var extension = new Table(3, "s", "extension", false, true, 900 * MB, 0);

    assertThat(TableDealer.deal(List.of(small, parent, extension), 4, 0).dealt()).isEmpty();
  }

  @Test
  void argumentListsStayShortHoweverManyTablesThereAre() {
    var tables = IntStream.range(0, 5000).mapToObj(n -> table(n, 2)).toList();

    assertThat(TableDealer.deal(tables, 8, 0).dealt())
        .hasSizeLessThanOrEqualTo(TableDealer.DEALT_AT_MOST);
  }

  @Test
  void noTableIsDealtTwiceAndNoStreamIsLongerThanTheBestByMoreThanOneTable() {
    var random = new Random(7);
    for (int round = 0; round < 500; round++) {
      var tables = new ArrayList<Table>();
      for (int n = random.nextInt(60); n > 0; n--) {
        tables.add(table(n, 1 + random.nextInt(1000)));
      }
      int streams = 1 + random.nextInt(8);
      var deal = TableDealer.deal(tables, streams, 0);

      assertThat(new HashSet<>(deal.dealt())).hasSameSizeAs(deal.dealt());
      assertThat(tables).containsAll(deal.dealt());
      long whole = tables.stream().mapToLong(Table::bytes).sum();
      long biggest = tables.stream().mapToLong(Table::bytes).max().orElse(0);
      for (var stream : deal.others()) {
        assertThat(stream.stream().mapToLong(Table::bytes).sum())
            .isLessThanOrEqualTo(whole / streams + biggest);
      }
      assertThat(whole - deal.dealt().stream().mapToLong(Table::bytes).sum())
          .isLessThanOrEqualTo(whole / streams + biggest);
    }
  }

  @Test
  void theSameTablesAreDealtTheSameWayWhateverTheirOrder() {
    var tables = List.of(table(3, 50), table(1, 50), table(2, 50), table(4, 50));

    assertThat(TableDealer.deal(tables.reversed(), 3, 0)).isEqualTo(TableDealer.deal(tables, 3, 0));
  }

  private static List<List<Long>> oids(TableDealer.Deal deal) {
    return deal.others().stream().map(stream -> stream.stream().map(Table::oid).toList()).toList();
  }

  private static Table table(long oid, long megabytes) {
    return new Table(oid, "public", "t" + oid, false, false, megabytes * MB, 0);
  }
}
