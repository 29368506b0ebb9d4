package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** When a backup is worth making. */
public record BackupSettings(
    @JsonPropertyDescription(
            "What backup --if-changed compares with the newest set, besides this runbook and, in a"
                + " work tree, the commit.")
        ChangedWhen changedWhen) {
  /** Nothing but the runbook itself. */
  public static final BackupSettings USUAL = new BackupSettings(null);

  public BackupSettings {
    changedWhen = changedWhen == null ? new ChangedWhen(null) : changedWhen;
  }

  /** What counts as a change. */
  public record ChangedWhen(
      @Written(Form.PATH)
          @JsonPropertyDescription(
              "Files on the worker's host whose contents count, such as /etc/app/*.conf; ** crosses"
                  + " folders. Appearing and disappearing counts as well.")
          List<String> files) {
    public ChangedWhen {
      files = Runbook.copy(files);
    }
  }
}
