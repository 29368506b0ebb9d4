package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One way to know that the system, or a restored copy of its data, is well. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Check.Http.class, name = "http"),
  @JsonSubTypes.Type(value = Check.Tcp.class, name = "tcp"),
  @JsonSubTypes.Type(value = Check.Sql.class, name = "sql"),
  @JsonSubTypes.Type(value = Check.Tables.class, name = "tables"),
  @JsonSubTypes.Type(value = Check.Command.class, name = "command"),
  @JsonSubTypes.Type(value = Check.Log.class, name = "log"),
  @JsonSubTypes.Type(value = Check.Manual.class, name = "manual")
})
public sealed interface Check {
  /** Unique in its runbook. */
  String name();

  /** At which moment it is asked. */
  When when();

  /** How long it may keep failing before it counts; a started application needs a moment. */
  Duration within();

  /** The component it asks; empty if it asks the system from outside. */
  @JsonIgnore
  default Optional<String> asked() {
    return switch (this) {
      case Sql sql -> Optional.of(sql.component());
      case Tables tables -> Optional.of(tables.component());
      case Http _, Tcp _, Command _, Log _, Manual _ -> Optional.empty();
    };
  }

  /** Whether it is asked of a staged copy. */
  default boolean staged() {
    return when() != When.HEALTHY;
  }

  /** Whether it is asked of the live system after the cut over. */
  default boolean healthy() {
    return when() != When.STAGED;
  }

  /** At which moment a check is asked. */
  enum When {
    @JsonProperty("staged")
    STAGED,
    @JsonProperty("healthy")
    HEALTHY,
    @JsonProperty("both")
    BOTH
  }

  /** An HTTP request to the live system. */
  record Http(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription("http is asked of the live system only: healthy.") When when,
      @JsonProperty(required = true)
          @Written(Form.URL)
          @JsonPropertyDescription("http:// or https://, without user and password.")
          String url,
      @Between(least = 100, most = 599)
          @JsonPropertyDescription("The status expected. Default 200.")
          int status,
      @JsonPropertyDescription("Text that the body must contain.") Optional<String> contains,
      @JsonPropertyDescription("Keeps trying this long. Default 30s.") Duration within)
      implements Check {
    public Http {
      when = when == null ? When.HEALTHY : when;
      status = status == 0 ? 200 : status;
      contains = Runbook.orEmpty(contains);
      within = within == null ? Duration.ofSeconds(30) : within;
    }
  }

  /** A port that accepts connections. */
  record Tcp(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription("tcp is asked of the live system only: healthy.") When when,
      @JsonPropertyDescription("Default 127.0.0.1.") String host,
      @JsonProperty(required = true)
          @Between(least = 1, most = 65535)
          @JsonPropertyDescription("The port.")
          int port,
      @JsonPropertyDescription("Keeps trying this long. Default 30s.") Duration within)
      implements Check {
    public Tcp {
      when = when == null ? When.HEALTHY : when;
      host = host == null ? "127.0.0.1" : host;
      within = within == null ? Duration.ofSeconds(30) : within;
    }
  }

  /** A query's one value, compared. */
  record Sql(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription("Default both.") When when,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The postgres component it is asked of.")
          String component,
      @JsonProperty(required = true)
          @JsonPropertyDescription("One SELECT with one row and one column; run read only.")
          String query,
      @JsonProperty(required = true)
          @Written(Form.COMPARISON)
          @JsonPropertyDescription("A comparison: '= 5', '!= 0', '>= 1000', '< 3', '> 0', '<= 9'.")
          String expect,
      @JsonPropertyDescription("Keeps trying this long. Default 10s.") Duration within)
      implements Check {
    public Sql {
      when = when == null ? When.BOTH : when;
      within = within == null ? Duration.ofSeconds(10) : within;
    }

    /** What the query's value is compared with. */
    public Expectation expectation() {
      return Expectation.parse(expect);
    }
  }

  /** Tables that must be there. */
  record Tables(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription("Default both.") When when,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The postgres component it is asked of.")
          String component,
      @JsonProperty(required = true)
          @JsonPropertyDescription("Names as SQL writes them, with or without schema.")
          List<String> present,
      @JsonPropertyDescription("Keeps trying this long. Default 10s.") Duration within)
      implements Check {
    public Tables {
      when = when == null ? When.BOTH : when;
      present = Runbook.copy(present);
      within = within == null ? Duration.ofSeconds(10) : within;
    }
  }

  /** A program of one's own that exits 0 when all is well. */
  record Command(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription(
              "Default healthy. When staged, RESURGE_STAGED_<COMPONENT> holds the name of the staged"
                  + " database or directory.")
          When when,
      @JsonProperty(required = true)
          @Written(Form.ARGUMENT)
          @JsonPropertyDescription("Program and arguments; no shell reads them.")
          List<String> command,
      @JsonPropertyDescription("Keeps trying this long. Default 30s.") Duration within)
      implements Check {
    public Command {
      when = when == null ? When.HEALTHY : when;
      command = Runbook.copy(command);
      within = within == null ? Duration.ofSeconds(30) : within;
    }
  }

  /** Lines that must not appear in a log file after the restart. */
  record Log(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription("log is asked of the live system only: healthy.") When when,
      @JsonProperty(required = true)
          @Written(Form.PATH)
          @JsonPropertyDescription("An absolute file.")
          String file,
      @JsonProperty(required = true)
          @Written(Form.REGEX)
          @JsonPropertyDescription(
              "Regular expressions; a line written after the restart that matches one fails.")
          List<String> mustNotMatch,
      @JsonPropertyDescription("Watches this long after the restart. Default 3s.") Duration within)
      implements Check {
    public Log {
      when = when == null ? When.HEALTHY : when;
      mustNotMatch = Runbook.copy(mustNotMatch);
      within = within == null ? Duration.ofSeconds(3) : within;
    }
  }

  /** A question that a person answers, after the system is healthy. */
  record Manual(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the checks.")
          String name,
      @JsonPropertyDescription(
              "manual is asked after healthy, so that nobody is waited for in between.")
          When when,
      @JsonProperty(required = true) @JsonPropertyDescription("Answered yes or no.")
          String question,
      @JsonPropertyDescription("Nobody answered by then: parks. Default 1h.") Duration within)
      implements Check {
    public Manual {
      when = when == null ? When.HEALTHY : when;
      within = within == null ? Duration.ofHours(1) : within;
    }
  }
}
