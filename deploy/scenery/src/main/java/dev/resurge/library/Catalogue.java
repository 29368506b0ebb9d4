package dev.resurge.library;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents: what the database holds. */
final class Catalogue {
  private static final List<String> TABLES =
      List.of("author", "document", "tag", "document_tag", "attachment", "cover");

  private final Connections connections;

  Catalogue(Connections connections) {
    this.connections = connections;
  }

  /** One document with the name of its author; {@code updated} is an ISO 8601 instant. */
  record Document(long id, String title, String author, String summary, String updated) {}

  /** What is wanted of a new document. */
  record NewDocument(String title, String author, String summary) {}

  /** Fails if the database does not answer or its tables are not there. */
  void ping() throws SQLException {
    connections.call(c -> first(c, "SELECT count(*) FROM (SELECT 1 FROM document LIMIT 1) one"));
  }

  /** Rows per table. */
  Map<String, Long> counts() throws SQLException {
    return connections.call(connection -> {
      var counts = new LinkedHashMap<String, Long>();
      for (var table : TABLES) {
        counts.put(table, first(connection, "SELECT count(*) FROM " + table));
      }
      return counts;
    });
  }

  Optional<Document> find(long id) throws SQLException {
    var query =
        """
        SELECT d.id, d.title, a.name, d.summary, d.updated_at
        FROM document d JOIN author a ON a.id = d.author_id WHERE d.id = ?
        """;
    return connections.call(connection -> {
      try (var select = connection.prepareStatement(query)) {
        select.setLong(1, id);
        var row = select.executeQuery();
        return row.next() ? Optional.of(document(row)) : Optional.empty();
      }
    });
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getObject(5, OffsetDateTime.class).toInstant().toString());
  }

  /** Adds a document, and its author where there is none of that name; answers its id. */
  long add(NewDocument document) throws SQLException {
    var insert =
        """
        WITH writer AS (
          INSERT INTO author (name) VALUES (?)
          ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id)
        INSERT INTO document (author_id, title, summary, published)
        SELECT id, ?, ?, current_date FROM writer RETURNING id
        """;
    return connections.call(connection -> {
      try (var statement = connection.prepareStatement(insert)) {
        statement.setString(1, document.author());
        statement.setString(2, document.title());
        statement.setString(3, document.summary());
        return single(statement.executeQuery());
      }
    });
  }

  /** The cover image of a document, an SVG kept as a large object. */
  Optional<String> cover(long id) throws SQLException {
    var query = "SELECT convert_from(lo_get(image), 'UTF8') FROM cover WHERE document_id = ?";
    return connections.call(connection -> {
      try (var select = connection.prepareStatement(query)) {
        select.setLong(1, id);
        var row = select.executeQuery();
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    });
  }

  /** Documents per author, the busiest first; as fresh as the last {@link #reindex}. */
  Map<String, Long> busiestAuthors(int limit) throws SQLException {
    var query = "SELECT name, documents FROM author_activity ORDER BY documents DESC, name LIMIT ?";
    return connections.call(connection -> {
      try (var select = connection.prepareStatement(query)) {
        select.setInt(1, limit);
        var row = select.executeQuery();
        var authors = new LinkedHashMap<String, Long>();
        while (row.next()) {
          authors.put(row.getString(1), row.getLong(2));
        }
        return authors;
      }
    });
  }

  /** Counts the documents per author anew; answers how many authors there are. */
  long reindex() throws SQLException {
    return connections.call(connection -> first(connection, "SELECT refresh_author_activity()"));
  }

  private static long first(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return single(statement.executeQuery(query));
    }
  }

  private static long single(ResultSet row) throws SQLException {
    row.next();
    return row.getLong(1);
  }
}
