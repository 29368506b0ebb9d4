package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One protected system: what it consists of, how it is stopped, checked, approved and kept. */
public record Runbook(
    @JsonProperty(required = true)
        @Written(Form.API_VERSION)
        @JsonPropertyDescription("The runbook format's version: resurge.dev/v1.")
        String apiVersion,
    @JsonProperty(required = true) @Written(Form.KIND) @JsonPropertyDescription("Always Runbook.")
        String kind,
    @JsonProperty(required = true) @JsonPropertyDescription("The system's name and what it is.")
        Metadata metadata,
    @JsonProperty(required = true) @JsonPropertyDescription("What is protected and how.")
        Spec spec) {

  /** The only format version there is. */
  public static final String API_VERSION = "resurge.dev/v1";

  /** The only kind there is. */
  public static final String KIND = "Runbook";

  /** The system's name. */
  public String system() {
    return metadata.name();
  }

  /**
   * The component of that name.
   *
   * @throws IllegalArgumentException if the runbook has none
   */
  public Component component(String name) {
    return spec.components().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(system() + " has no component '" + name + "'"));
  }

  /** The names of all components, in the runbook's order. */
  public List<String> componentNames() {
    return spec.components().stream().map(Component::name).toList();
  }

  /** The workloads that are stopped while data is swapped; none where the runbook says so. */
  public List<Workload> workloads() {
    return spec.workloads();
  }

  /** Who the system is. */
  public record Metadata(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("The system's name, and its file's.")
          String name,
      @JsonPropertyDescription("One sentence for the person who meets this system at 3 a.m.")
          Optional<String> description) {
    public Metadata {
      description = orEmpty(description);
    }
  }

  /** What is protected and how. */
  @ExactlyOneOf(
      value = {"workloads", "writers"},
      otherwise =
          "say what writes: list the workloads that are stopped while data is swapped, or say aloud that nothing writes with writers: none")
  public record Spec(
      @JsonPropertyDescription("Where the system runs. Default: this host.") Platform platform,
      @JsonProperty(required = true) @JsonPropertyDescription("Where its backups go.") Store store,
      @JsonProperty(required = true)
          @JsonPropertyDescription("To whom sets are encrypted, or why they are not.")
          Encryption encryption,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The parts with state, in the order in which they are captured.")
          List<Component> components,
      @JsonPropertyDescription(
              "What writes to the components and is stopped while data is swapped. Either this or"
                  + " writers: none.")
          List<Workload> workloads,
      @JsonPropertyDescription("none: said aloud that nothing writes, so nothing is stopped.")
          Optional<Writers> writers,
      @JsonPropertyDescription("live: captured while in use; quiesced: workloads stop for it.")
          Consistency consistency,
      @JsonPropertyDescription("How one knows that the system, or a restored copy, is well.")
          List<Check> checks,
      @JsonPropertyDescription("Commands of one's own at fixed places of a procedure.") Hooks hooks,
      @JsonPropertyDescription("What recovery must reach; measured in every report.")
          Objectives objectives,
      @JsonPropertyDescription("Who must agree to a restore.") Approval approval,
      @JsonPropertyDescription("How a restore goes about it.") RestoreSettings restore,
      @JsonPropertyDescription("When a backup is worth making.") BackupSettings backup,
      @JsonPropertyDescription("What is expected of the sets there are.") VerifySettings verify,
      @JsonPropertyDescription(
              "Which sets stay. Default: all; then no backup removes any, and neither does prune.")
          Optional<Retention> retention,
      @JsonPropertyDescription("What runs by itself, and when.") List<Schedule> schedules) {
    public Spec {
      platform = platform == null ? new Platform.Host() : platform;
      components = copy(components);
      workloads = copy(workloads);
      writers = orEmpty(writers);
      consistency = consistency == null ? Consistency.LIVE : consistency;
      checks = copy(checks);
      hooks = hooks == null ? new Hooks(null, null, null, null) : hooks;
      objectives = objectives == null ? Objectives.NONE : objectives;
      approval = approval == null ? Approval.STRICTEST : approval;
      restore = restore == null ? RestoreSettings.USUAL : restore;
      retention = orEmpty(retention);
      backup = backup == null ? BackupSettings.USUAL : backup;
      verify = verify == null ? VerifySettings.USUAL : verify;
      schedules = copy(schedules);
    }

    /** What stays of each schedule that says so itself. */
    public Map<String, Keep> keptBySchedule() {
      return schedules.stream()
          .filter(schedule -> schedule.keep().isPresent())
          .collect(Collectors.toMap(Schedule::name, schedule -> schedule.keep().get()));
    }

    /** The same with its sets in another place. */
    Spec withStore(Store other) {
      return new Spec(
          platform,
          other,
          encryption,
          components,
          workloads,
          writers,
          consistency,
          checks,
          hooks,
          objectives,
          approval,
          restore,
          backup,
          verify,
          retention,
          schedules);
    }

    /** The same for data that stands beside the live system: nothing is stopped or hooked. */
    Spec elsewhere(List<Component> moved, List<Check> askable) {
      return new Spec(
          platform,
          store,
          encryption,
          moved,
          List.of(),
          Optional.of(Writers.NONE),
          Consistency.LIVE,
          askable,
          new Hooks(null, null, null, null),
          objectives,
          approval,
          restore,
          backup,
          verify,
          retention,
          schedules);
    }
  }

  /** The declaration that nothing writes. */
  public enum Writers {
    @JsonProperty("none")
    NONE
  }

  /** Whether writers run while a component is captured. */
  public enum Consistency {
    @JsonProperty("live")
    LIVE,
    @JsonProperty("quiesced")
    QUIESCED
  }

  static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  static <T> Optional<T> orEmpty(Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }
}
