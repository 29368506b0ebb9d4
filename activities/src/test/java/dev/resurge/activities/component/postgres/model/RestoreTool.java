package dev.resurge.activities.component.postgres.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/** {@code pg_restore}: lists an archive, decodes it, or loads its sections into a database. */
final class RestoreTool implements ModelPrograms.Tool {
  private static final byte[] NOTHING = {};

  @Override
  public boolean reads(ProgramArguments arguments) {
    return arguments.file().isEmpty();
  }

  @Override
  public byte[] run(ProgramArguments arguments, Optional<ModelSession> session, byte[] stdin)
      throws IOException, SQLException {
    var archive =
        Archive.of(
            arguments.file().isPresent()
                ? Files.readAllBytes(Path.of(arguments.file().get()))
                : stdin);
    if (arguments.has("--list")) {
      return archive.listing().getBytes(StandardCharsets.UTF_8);
    }
    if (session.isPresent()) {
      load(archive, arguments, session.get());
    }
    return NOTHING;
  }

  private static void load(Archive archive, ProgramArguments arguments, ModelSession session)
      throws SQLException {
    if (arguments.section("pre-data")) {
      for (var table : archive.definitions()) {
        session.call("CREATE TABLE " + table.key(), () -> create(session, table));
      }
    }
    if (arguments.section("data")) {
      for (var table : archive.rows()) {
        session.call("COPY " + table.key() + " FROM stdin", () -> copy(session, table));
      }
      for (var sequence : archive.sequences().entrySet()) {
        session.call(
            "SELECT setval " + sequence.getKey(),
            () -> set(session, sequence.getKey(), sequence.getValue()));
      }
    }
    if (arguments.section("post-data")) {
      for (var table : archive.finished()) {
        session.call("CREATE INDEX ON " + table.key(), () -> finish(session, table));
      }
    }
  }

  private static boolean create(ModelSession session, ModelTable table) throws SQLException {
    if (session.contents().table(table.key()).isPresent()) {
      throw Failures.error("42P07", "relation \"" + table.name() + "\" already exists");
    }
    CatalogStatements.requireRole(session, table.owner());
    session.change(held -> held.with(table));
    return true;
  }

  private static boolean copy(ModelSession session, ModelTable table) throws SQLException {
    require(session, table);
    session.change(held ->
        held.change(
            table.key(),
            there -> {
              var rows = new ArrayList<>(there.rows());
              rows.addAll(table.rows());
              return there.withRows(rows);
            }));
    return true;
  }

  private static boolean set(ModelSession session, String sequence, long value)
      throws SQLException {
    session.change(held -> held.withSequence(sequence, value));
    return true;
  }

  private static boolean finish(ModelSession session, ModelTable table) throws SQLException {
    require(session, table);
    session.change(held -> held.change(table.key(), there -> there.finishedAs(table)));
    return true;
  }

  private static void require(ModelSession session, ModelTable table) throws SQLException {
    if (session.contents().table(table.key()).isEmpty()) {
      throw Failures.noTable(table.key());
    }
  }
}
