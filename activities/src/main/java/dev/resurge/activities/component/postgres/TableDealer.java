package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Deals tables over streams so that all end at about the same time. The first stream takes
 * everything that is not dealt to another (small tables, sequences, large objects, what extensions
 * want dumped), so that nothing can be forgotten.
 */
final class TableDealer {
  /** Names go into pg_dump's argument list, which must not grow without bound. */
  static final int DEALT_AT_MOST = 400;

  /** Below this a stream of its own costs more than it gains. */
  static final long WORTH_DEALING = 1 << 20;

  private TableDealer() {}

  /**
   * Who takes what.
   *
   * @param others one list of tables for each further stream; none of them is empty
   */
  record Deal(List<List<Table>> others) {
    Deal {
      others = others.stream().map(List::copyOf).toList();
    }

    /** All tables that the first stream leaves out. */
    List<Table> dealt() {
      return others.stream().flatMap(List::stream).toList();
    }
  }

  /**
   * Deals the biggest tables that hold rows, each to the stream with the least so far, the biggest
   * first.
   *
   * @param streams how many there may be, at least 1
   * @param besides bytes that the first stream carries whatever is dealt, such as large objects
   */
  static Deal deal(List<Table> tables, int streams, long besides) {
    var candidates =
        tables.stream()
            .filter(t -> t.counted() && t.bytes() >= WORTH_DEALING)
            .sorted(Comparator.comparingLong(Table::bytes).reversed().thenComparingLong(Table::oid))
            .limit(DEALT_AT_MOST)
            .toList();
    var load = new long[streams];
    load[0] = besides + rest(tables, candidates);
    var hands = new ArrayList<List<Table>>();
    for (int stream = 0; stream < streams; stream++) {
      hands.add(new ArrayList<>());
    }
    for (var table : candidates) {
      int least = least(load);
      load[least] += table.bytes();
      hands.get(least).add(table);
    }
    return new Deal(hands.stream().skip(1).filter(hand -> !hand.isEmpty()).toList());
  }

  private static long rest(List<Table> tables, List<Table> candidates) {
    return tables.stream().mapToLong(Table::bytes).sum()
        - candidates.stream().mapToLong(Table::bytes).sum();
  }

  private static int least(long[] load) {
    int least = 0;
    for (int stream = 1; stream < load.length; stream++) {
      if (load[stream] < load[least]) {
        least = stream;
      }
    }
    return least;
  }
}
