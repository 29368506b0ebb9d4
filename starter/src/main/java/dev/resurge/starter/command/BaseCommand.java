package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.view.Style;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that computes an answer, which is printed in the form asked for. */
abstract class BaseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final World world;
  private final Globals globals;

  BaseCommand(World world, Globals globals) {
    this.world = world;
    this.globals = globals;
  }

  /** Does the command's work. */
  abstract Answer answer();

  @Override
  public final Integer call() {
    var answer = answer();
    if (globals.json()) {
      world.terminal().out(answer.jsonText());
    } else {
      answer.lines().forEach(world.terminal()::out);
    }
    return answer.exitCode();
  }

  final World world() {
    return world;
  }

  final Globals globals() {
    return globals;
  }

  /** The command as it was typed, for people who type it again. */
  final String asTyped() {
    return "./resurge "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  final CommandSpec spec() {
    return spec;
  }

  /** Colours of answers on stdout. */
  final Style style() {
    return new Style(world.terminal().colours());
  }

  final int width() {
    return world.terminal().width();
  }
}
