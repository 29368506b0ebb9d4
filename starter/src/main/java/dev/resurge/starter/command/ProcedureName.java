package dev.resurge.starter.command;

import dev.resurge.workflows.model.Procedure;
import java.util.Optional;

/** Procedures as they are typed. */
enum ProcedureName {
  backup(Procedure.BACKUP),
  restore(Procedure.RESTORE),
  verify(Procedure.VERIFY),
  prune(Procedure.PRUNE),
  recover(Procedure.RECOVER),
  drill(Procedure.DRILL),
  settle(Procedure.SETTLE);

  private final Procedure procedure;

  ProcedureName(Procedure procedure) {
    this.procedure = procedure;
  }

  /** What was typed, if anything was. */
  static Optional<Procedure> optional(ProcedureName typed) {
    return Optional.ofNullable(typed).map(t -> t.procedure);
  }
}
