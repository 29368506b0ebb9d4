package dev.resurge.workflows.procedure;

/** What a worker registers to run the procedures: each of them and the children that they start. */
public final class Implementations {
  private Implementations() {}

  /** All of them; a new array each time. */
  public static Class<?>[] all() {
    return new Class<?>[] {
      BackupProcedure.class,
      RestoreProcedure.class,
      VerifyProcedure.class,
      PruneProcedure.class,
      DrillProcedure.class,
      CaptureProcedure.class,
      CutOverProcedure.class,
      OverwriteProcedure.class,
      RecoverProcedure.class,
      SettleProcedure.class,
      WalkProcedure.class
    };
  }
}
