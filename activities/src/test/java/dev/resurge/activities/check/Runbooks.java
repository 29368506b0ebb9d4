package dev.resurge.activities.check;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Check;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Runbook;
import java.util.List;
import java.util.Optional;

/** Runbooks that are nothing but a database, a directory and checks. */
final class Runbooks {
  private Runbooks() {}

  static Runbook with(Check... checks) {
    var admin = new Component.Credentials("postgres", Optional.empty());
    var database =
        new Component.Postgres(
            "app-db", null, 0, "library", admin, null, Optional.empty(), Optional.empty());
    var files = new Component.Files("documents", "/srv/library");
    return new Runbook(
        Runbook.API_VERSION,
        Runbook.KIND,
        new Runbook.Metadata("library", Optional.empty()),
        new Runbook.Spec(
            null,
            null,
            null,
            List.of(database, files),
            List.of(),
            Optional.empty(),
            null,
            List.of(checks),
            null,
            null,
            null,
            null,
            null,
            null,
            Optional.empty(),
            List.of()));
  }

  static StagedCopy copy(String component, String name) {
    return new StagedCopy(component, name, new TargetIdentity("test-1"), new ByteSize(1));
  }
}
