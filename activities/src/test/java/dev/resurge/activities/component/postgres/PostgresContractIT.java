package dev.resurge.activities.component.postgres;

import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;

/** The driver over a real server, which proves that the one in memory is no fantasy. */
@Tag("slow")
class PostgresContractIT extends PostgresContract {
  @Override
  PostgresContractWorld world(Path folder) {
    return new Real(folder);
  }

  private static final class Real implements PostgresContractWorld {
    private final PostgresWorld world;

    Real(Path folder) {
      world = new PostgresWorld(folder);
      world.execute(
          "CREATE TABLE note (text text PRIMARY KEY)",
          "INSERT INTO note VALUES ('first')",
          "CREATE TABLE big (text text)",
          "INSERT INTO big SELECT repeat('b', 300) FROM generate_series(1, 5000)",
          "CREATE SEQUENCE note_id");
    }

    @Override
    public PostgresDriver driver() {
      return world.driver;
    }

    @Override
    public Component.Postgres component() {
      return world.component;
    }

    @Override
    public DirectorySet set() {
      return world.set;
    }

    @Override
    public Connection connect(String database, String user, String application)
        throws SQLException {
      var properties = new Properties();
      properties.setProperty("user", user);
      properties.setProperty("ApplicationName", application);
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + PostgresCluster.shared().port() + "/" + database,
          properties);
    }

    @Override
    public List<String> databases() {
      var names = world.databases();
      return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    @Override
    public void close() {
      world.close();
    }
  }
}
