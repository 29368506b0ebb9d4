package dev.resurge.activities.component.postgres.model;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** {@code pg_dump}: what a snapshot shows, as far as sections and tables were chosen. */
final class DumpTool implements ModelPrograms.Tool {
  @Override
  public byte[] run(ProgramArguments arguments, Optional<ModelSession> session, byte[] stdin)
      throws IOException, SQLException {
    var inside = session.orElseThrow();
    var contents = inside.call("SET TRANSACTION SNAPSHOT", () -> snapshot(inside, arguments));
    var chosen = chosen(arguments, contents);
    if (chosen.isEmpty() && !arguments.values("--table").isEmpty()) {
      throw new IOException("pg_dump: error: no matching tables were found");
    }
    var excluded = arguments.tables("--exclude-table-data");
    var rows = new ArrayList<ModelTable>();
    if (arguments.section("data")) {
      for (var table : chosen) {
        if (!excluded.contains(table.key())) {
          rows.add(inside.call("COPY " + table.key() + " TO stdout", () -> table));
        }
      }
    }
    return archive(arguments, contents, chosen, rows).bytes();
  }

  private static Contents snapshot(ModelSession session, ProgramArguments arguments)
      throws SQLException {
    var id = arguments.value("--snapshot").orElse("");
    var exported = session.server().snapshots().find(id);
    if (exported.isEmpty() || exported.get().holder().database() != session.database()) {
      throw Failures.error("22023", "invalid snapshot identifier: \"" + id + "\"");
    }
    return exported.get().contents();
  }

  private static List<ModelTable> chosen(ProgramArguments arguments, Contents contents) {
    var named = arguments.tables("--table");
    return contents.tables().values().stream()
        .filter(t -> named.isEmpty() || named.contains(t.key()))
        .toList();
  }

  private static Archive archive(
      ProgramArguments arguments,
      Contents contents,
      List<ModelTable> chosen,
      List<ModelTable> rows) {
    var withSequences = arguments.section("data") && arguments.values("--table").isEmpty();
    return new Archive(
        arguments.section("pre-data") ? chosen.stream().map(ModelTable::bare).toList() : List.of(),
        arguments.section("post-data")
            ? chosen.stream().map(t -> t.withRows(List.of())).toList()
            : List.of(),
        rows,
        withSequences ? contents.sequences() : new TreeMap<>());
  }
}
