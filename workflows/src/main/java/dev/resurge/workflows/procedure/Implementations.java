package dev.resurge.workflows.procedure;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;

/** What a worker registers to run the procedures: each of them and the children that they start. */
public final class Implementations {
  private Implementations() {}

  /** Has a worker run all of them. */
  public static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(WrongInput.class)
            .build(),
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
        WalkProcedure.class);
  }
}
