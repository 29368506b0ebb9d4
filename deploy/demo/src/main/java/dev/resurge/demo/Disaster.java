package dev.resurge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** What a tired person did by mistake. */
final class Disaster {
  /** A condition too wide. */
  static final String DELETE = "DELETE FROM document WHERE id % 2 = 0";

  /** A third of the attachments. */
  static final List<String> SHELVES = List.of("letters", "maps");

  private Disaster() {}

  /** Deletes half of the documents, and commits; what belongs to them goes with them. */
  static int deleteDocuments(String url, String user, String password) throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      return statement.executeUpdate(DELETE);
    }
  }

  /** Removes two shelves with all that is on them; answers how many files that were. */
  static int removeFiles(Path files) throws IOException {
    var removed = 0;
    for (var shelf : SHELVES) {
      try (var all = Files.walk(files.resolve(shelf))) {
        for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
          removed += Files.isRegularFile(path) ? 1 : 0;
          Files.delete(path);
        }
      }
    }
    return removed;
  }
}
