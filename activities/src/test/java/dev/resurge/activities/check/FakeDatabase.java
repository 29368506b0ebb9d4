package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Queryable;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Answers every query with the same, and remembers what it was asked of. */
final class FakeDatabase implements Queryable<Component.Postgres> {
  final List<String> askedOf = new CopyOnWriteArrayList<>();
  private final Supplier<String> answer;

  FakeDatabase(Supplier<String> answer) {
    this.answer = answer;
  }

  @Override
  public String query(
      Attempt attempt, Component.Postgres component, Optional<StagedCopy> copy, String sql) {
    askedOf.add(copy.map(StagedCopy::name).orElse("live " + component.database()));
    return answer.get();
  }

  @Override
  public List<String> missingTables(
      Attempt attempt,
      Component.Postgres component,
      Optional<StagedCopy> copy,
      List<String> tables) {
    askedOf.add(copy.map(StagedCopy::name).orElse("live " + component.database()));
    return tables.stream().filter(t -> !t.equals(answer.get())).toList();
  }
}
