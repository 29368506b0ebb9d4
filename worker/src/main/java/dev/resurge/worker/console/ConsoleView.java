package dev.resurge.worker.console;

import java.util.List;

/**
 * What the page of all systems shows, as text: the template only lays it out.
 *
 * @param root the way to the console from the page's address
 * @param person who is logged in; empty: nobody
 */
record ConsoleView(
    String root,
    String installation,
    String person,
    String asOf,
    String tone,
    String headline,
    String summary,
    String trouble,
    List<GoingLine> going,
    List<SystemLine> systems,
    List<String> awaited) {

  /**
   * A run that goes on.
   *
   * @param what the step it is in, or what it waits for
   * @param since how long ago it began, or began to wait
   * @param command by which it is answered; empty if it does not wait
   * @param linked whether its page is for this visitor
   */
  record GoingLine(
      String system,
      String procedure,
      String run,
      boolean waits,
      String what,
      String since,
      String command,
      boolean linked) {}

  /**
   * One system.
   *
   * @param shortfalls in what it falls short, worst first
   * @param point age of the newest good backup beside its objective
   * @param time how long bringing it back took when it was proven last, beside its objective
   */
  record SystemLine(
      String name,
      String description,
      String tone,
      String mark,
      String word,
      List<String> shortfalls,
      Figure point,
      Figure time,
      Figure test,
      List<GoingLine> going,
      int findings) {}

  /**
   * A number and what it is of.
   *
   * @param tone {@code bad} or {@code warn} if it falls short, else empty
   */
  record Figure(String value, String tone, String detail) {}
}
