package dev.resurge.worker.faults;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.PruneActivities;
import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.procedure.BackupProcedure;
import dev.resurge.workflows.procedure.CaptureProcedure;
import dev.resurge.workflows.procedure.CutOverProcedure;
import dev.resurge.workflows.procedure.OverwriteProcedure;
import dev.resurge.workflows.procedure.PruneProcedure;
import dev.resurge.workflows.procedure.RecoverProcedure;
import dev.resurge.workflows.procedure.RestoreProcedure;
import dev.resurge.workflows.procedure.SettleProcedure;
import dev.resurge.workflows.procedure.WalkProcedure;
import java.util.List;

/** What a worker knows that does what is tried here. */
final class Procedures {
  static final Class<?>[] ALL = {
    BackupProcedure.class,
    CaptureProcedure.class,
    RestoreProcedure.class,
    CutOverProcedure.class,
    OverwriteProcedure.class,
    RecoverProcedure.class,
    PruneProcedure.class,
    SettleProcedure.class,
    WalkProcedure.class
  };

  static final List<Class<?>> ACTIVITIES =
      List.of(
          PrepareActivities.class,
          CaptureActivities.class,
          StageActivities.class,
          StoreActivities.class,
          CutOverActivities.class,
          PruneActivities.class,
          SettleActivities.class,
          HookActivities.class,
          EvidenceActivities.class,
          LockActivities.class,
          IdentityActivities.class);

  private Procedures() {}
}
