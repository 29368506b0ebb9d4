package dev.resurge.worker.console;

import dev.resurge.worker.console.ConsoleView.Figure;
import dev.resurge.worker.console.ConsoleView.GoingLine;
import java.util.List;

/**
 * What the page of one system shows, as text: the template only lays it out.
 *
 * @param root the way to the console from the page's address
 * @param person who is logged in; empty: nobody
 * @param shortfalls in what it falls short and since when, worst first
 * @param unseen why the watch could not look at it; empty if it could
 * @param unread why its history could not be read just now; empty if it could
 * @param olderRuns how many runs are known and not shown
 */
record SystemView(
    String root,
    String person,
    String asOf,
    String name,
    String description,
    String tone,
    String mark,
    String word,
    String lookedAt,
    List<String> shortfalls,
    String unseen,
    String unread,
    Figure point,
    Figure time,
    Figure test,
    List<GoingLine> going,
    String trouble,
    List<String> findings,
    List<Chart> charts,
    String store,
    List<SetLine> sets,
    boolean moreSets,
    List<RunLine> runs,
    int olderRuns) {

  /**
   * One set.
   *
   * @param standing whether it can be relied on, and what shows it
   */
  record SetLine(
      String id,
      String kind,
      String of,
      String age,
      String size,
      String holds,
      String tone,
      String standing,
      String labels) {}

  /**
   * One run.
   *
   * @param believed whether its report's signature holds
   */
  record RunLine(
      String id,
      String procedure,
      String began,
      String took,
      String tone,
      String mark,
      String verdict,
      String summary,
      boolean believed) {}
}
