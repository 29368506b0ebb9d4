package dev.resurge.starter.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Why a run is started, as a mixin. */
final class Reason {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the evidence.")
  private String text;

  Optional<String> given() {
    return Optional.ofNullable(text);
  }
}
