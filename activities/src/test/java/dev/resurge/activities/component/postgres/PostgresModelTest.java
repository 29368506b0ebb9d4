package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.component.postgres.model.Contents;
import dev.resurge.activities.component.postgres.model.ModelPrograms;
import dev.resurge.activities.component.postgres.model.ModelServer;
import dev.resurge.activities.component.postgres.model.ModelTable;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The driver over the server in memory. */
class PostgresModelTest extends PostgresContract {
  @Override
  PostgresContractWorld world(Path folder) {
    return new InMemory(folder);
  }

  private static final class InMemory implements PostgresContractWorld {
    private final ModelServer server = new ModelServer(7001, Clock.systemUTC());
    private final DirectorySet set;
    private final PostgresDriver driver;

    InMemory(Path folder) {
      set = new DirectorySet(folder);
      var patience = Duration.ofSeconds(2);
      driver =
          new PostgresDriver(
              new ModelPrograms(server),
              reference -> "not asked for",
              Clock.systemUTC(),
              server.connector(),
              new PostgresDriver.Patience(patience, patience, patience));
      server.createDatabase(
          "app",
          ModelServer.SUPERUSER,
          Contents.of(
                  ModelTable.of("note", "text").with("first"),
                  ModelTable.of("big", "text").with("b".repeat(200_000)).taking(5 << 20))
              .withSequence("note_id", 7));
    }

    @Override
    public PostgresDriver driver() {
      return driver;
    }

    @Override
    public Component.Postgres component() {
      return new Component.Postgres(
          "database",
          "127.0.0.1",
          5432,
          "app",
          new Component.Credentials(ModelServer.SUPERUSER, Optional.empty()),
          ModelServer.MAINTENANCE,
          Optional.empty(),
          Optional.of(3));
    }

    @Override
    public DirectorySet set() {
      return set;
    }

    @Override
    public Connection connect(String database, String user, String application)
        throws SQLException {
      var properties = new Properties();
      properties.setProperty("user", user);
      properties.setProperty("ApplicationName", application);
      return server.connector().connect("jdbc:postgresql://127.0.0.1/" + database, properties);
    }

    @Override
    public List<String> databases() {
      return server.databases();
    }

    @Override
    public void close() {
      assertThat(server.sessions()).as("sessions left open").isEmpty();
    }
  }
}
