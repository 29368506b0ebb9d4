package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ProcedureInput;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.VerifyInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a procedure runs by itself. Temporal keeps it, so that it runs whether or not anybody is
 * there; of one that still runs when its time has come again the second is left out.
 */
public record Schedule(
    @JsonProperty(required = true)
        @Written(Form.NAME)
        @JsonPropertyDescription("Its name; sets that it makes bear it as the label schedule.")
        String name,
    @JsonProperty(required = true) @JsonPropertyDescription("What runs.") What procedure,
    @JsonProperty(required = true)
        @Written(Form.CRON)
        @JsonPropertyDescription(
            "When: minute, hour, day of the month, month, day of the week, such as 0 2 * * * or"
                + " */15 8-18 * * mon-fri. Of the two days one is *.")
        String cron,
    @Written(Form.TIME_ZONE)
        @JsonPropertyDescription(
            "Where the clock hangs. An hour that summer time leaves out does not come. Default UTC.")
        String timeZone,
    @JsonPropertyDescription("backup and drill: the components that it is about. Default: all.")
        List<String> components,
    @JsonPropertyDescription(
            "backup: only if the configuration has changed, as backup --if-changed. Default false.")
        Boolean ifChanged,
    @JsonPropertyDescription(
            "verify: checksum reads every byte back, restore also tries it. Default checksum.")
        Optional<VerifyInput.Level> level,
    @JsonPropertyDescription(
            "backup: what stays of the sets that it makes. Default: as retention.scheduled.")
        Optional<Keep> keep,
    @JsonPropertyDescription(
            "It begins up to so much later, by chance, so that not all systems begin at once."
                + " Default 0s.")
        Duration jitter,
    @JsonPropertyDescription(
            "What was missed while Temporal was away is made up for if it is not older. Default 12h.")
        Duration catchUp,
    @JsonPropertyDescription("Kept, but not run. Default false.") Boolean paused) {
  private static final String CHANNEL = "schedule";

  public Schedule {
    timeZone = timeZone == null ? "UTC" : timeZone;
    components = Runbook.copy(components);
    ifChanged = ifChanged != null && ifChanged;
    level = Runbook.orEmpty(level);
    keep = Runbook.orEmpty(keep);
    jitter = jitter == null ? Duration.ZERO : jitter;
    catchUp = catchUp == null ? Duration.ofHours(12) : catchUp;
    paused = paused != null && paused;
  }

  /** What a schedule may run: nothing that replaces live data. */
  public enum What {
    @JsonProperty("backup")
    BACKUP(Procedure.BACKUP),
    @JsonProperty("verify")
    VERIFY(Procedure.VERIFY),
    @JsonProperty("drill")
    DRILL(Procedure.DRILL),
    @JsonProperty("prune")
    PRUNE(Procedure.PRUNE);

    private final Procedure procedure;

    What(Procedure procedure) {
      this.procedure = procedure;
    }

    /** The procedure. */
    public Procedure procedure() {
      return procedure;
    }
  }

  /** What a run of it is told. */
  public ProcedureInput input(String system) {
    var asker = Optional.of(new Person(name, CHANNEL, false));
    var why = Optional.<String>empty();
    var by = Optional.of(name);
    return switch (procedure) {
      case BACKUP -> new BackupInput(system, null, components, Map.of(), ifChanged, why, asker, by);
      case VERIFY -> new VerifyInput(system, null, level.orElse(null), why, asker, by);
      case DRILL -> new DrillInput(system, null, components, why, asker, by);
      case PRUNE -> new PruneInput(system, false, why, asker, by);
    };
  }
}
