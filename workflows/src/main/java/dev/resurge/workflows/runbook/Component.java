package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One part with state. A new technology is one more record here and one driver package. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Component.Postgres.class, name = "postgres"),
  @JsonSubTypes.Type(value = Component.Files.class, name = "files")
})
public sealed interface Component {
  /** Unique in its runbook; a folder's name in each set. */
  String name();

  /** The word in the runbook. */
  String type();

  /** The secrets the driver reads, for manifests and messages. */
  List<SecretRef> secrets();

  /** What it is called where it lives: a database's name, a directory. */
  @JsonIgnore
  String place();

  /** The same component in another place. */
  Component at(String otherPlace);

  /** Why it cannot be in that place, judged by the name alone; empty if it can. */
  Optional<String> misplaced(String otherPlace);

  /** One PostgreSQL database. */
  record Postgres(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the components; a folder's name in each set.")
          String name,
      @JsonPropertyDescription(
              "Host name, address, or the directory of a Unix socket. Default 127.0.0.1.")
          String host,
      @Between(least = 1, most = 65535) @JsonPropertyDescription("Default 5432.") int port,
      @JsonProperty(required = true) @JsonPropertyDescription("The database's name.")
          String database,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "Who captures and restores: may create databases, and owns this one or is superuser."
                  + " Not the application's own account.")
          Credentials admin,
      @JsonPropertyDescription(
              "The database to connect to while the protected one is swapped. Default postgres.")
          String maintenanceDatabase,
      @Written(Form.PATH)
          @JsonPropertyDescription(
              "The folder of pg_dump and pg_restore. Default: the server's own version, found where"
                  + " packages put it.")
          Optional<String> tools,
      @Between(least = 1, most = 64)
          @JsonPropertyDescription(
              "How many streams and restore jobs. Default: processors, at least 2, at most 8.")
          Optional<Integer> jobs,
      @JsonPropertyDescription(
              "Roles that log in with a password. No set holds passwords: recover gives these to"
                  + " the roles that it has to make, and changes none of a role that is there.")
          List<Login> roles)
      implements Component {
    @JsonCreator
    public Postgres {
      host = host == null ? "127.0.0.1" : host;
      port = port == 0 ? 5432 : port;
      maintenanceDatabase = maintenanceDatabase == null ? "postgres" : maintenanceDatabase;
      tools = Runbook.orEmpty(tools);
      jobs = Runbook.orEmpty(jobs);
      roles = roles == null ? List.of() : List.copyOf(roles);
    }

    /** One whose roles have no passwords that the runbook knows of. */
    public Postgres(
        String name,
        String host,
        int port,
        String database,
        Credentials admin,
        String maintenanceDatabase,
        Optional<String> tools,
        Optional<Integer> jobs) {
      this(name, host, port, database, admin, maintenanceDatabase, tools, jobs, List.of());
    }

    @Override
    public String type() {
      return "postgres";
    }

    @Override
    public List<SecretRef> secrets() {
      return Stream.concat(admin.password().stream(), roles.stream().map(Login::password)).toList();
    }

    @Override
    public String place() {
      return database;
    }

    @Override
    public Postgres at(String otherPlace) {
      return new Postgres(
          name, host, port, otherPlace, admin, maintenanceDatabase, tools, jobs, roles);
    }

    @Override
    public Optional<String> misplaced(String otherPlace) {
      return otherPlace.isBlank() || otherPlace.indexOf('\0') >= 0
          ? Optional.of("'" + otherPlace + "' is no name for a database")
          : Optional.empty();
    }
  }

  /** One directory with all that is in it, on one file system. */
  record Files(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the components; a folder's name in each set.")
          String name,
      @JsonProperty(required = true)
          @Written(Form.PATH)
          @JsonPropertyDescription("An absolute directory.")
          String path)
      implements Component {
    @Override
    public String type() {
      return "files";
    }

    @Override
    public List<SecretRef> secrets() {
      return List.of();
    }

    @Override
    public String place() {
      return path;
    }

    @Override
    public Files at(String otherPlace) {
      return new Files(name, otherPlace);
    }

    @Override
    public Optional<String> misplaced(String otherPlace) {
      return Form.PATH.fault(otherPlace);
    }
  }

  /** A role and where its password is found. */
  record Login(
      @JsonProperty(required = true) @JsonPropertyDescription("The role's name.") String name,
      @JsonProperty(required = true) @JsonPropertyDescription("Where its password is found.")
          SecretRef password) {}

  /** A user with a referenced password; without one, the server trusts the connection. */
  record Credentials(
      @JsonProperty(required = true) @JsonPropertyDescription("The role's name.") String user,
      @JsonPropertyDescription("Where its password is found.") Optional<SecretRef> password) {
    public Credentials {
      password = Runbook.orEmpty(password);
    }
  }
}
