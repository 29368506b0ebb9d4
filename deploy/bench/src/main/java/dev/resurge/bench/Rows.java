package dev.resurge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;

/**
 * The rows of a library that is in use: documents with prose and metadata, two loans to each, an
 * annotation to every other. A million documents are 1.0 GB of tables and 0.7 GB of indexes.
 */
final class Rows {
  private static final int FLUSH = 1 << 20;
  private static final int LOANS = 2;
  private static final LocalDate FIRST_DAY = LocalDate.of(1850, 1, 1);
  private static final long FIRST_LOAN = 1_500_000_000L;
  private static final String[] LANGUAGES = {"en", "de", "fr", "tr", "pt", "ja"};
  private static final String[] FORMATS = {"print", "scan", "audio", "map"};
  private static final String[] BRANCHES = {"centre", "harbour", "north", "university", "online"};

  private final int documents;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Words words = new Words(random);

  /** As many documents, and what belongs to them. */
  Rows(int documents) {
    this.documents = documents;
  }

  /** Fills a database that has the tables already, then makes its indexes. */
  void put(String url, String admin, String password, String indexes)
      throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(url, admin, password)) {
      execute(connection, "SET ROLE library_owner");
      copy(connection, "author (name)", authors(), this::author);
      copy(
          connection,
          "document (author_id, title, summary, published, metadata)",
          documents,
          this::document);
      copy(
          connection,
          "loan (document_id, reader, lent, detail)",
          documents * (long) LOANS,
          this::loan);
      copy(connection, "annotation (document_id, reader, body)", documents / 2, this::annotation);
      execute(connection, indexes);
    }
  }

  private int authors() {
    return Math.max(10, documents / 50);
  }

  private static void execute(Connection connection, String statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  /** Writes one row as COPY reads it, without its line feed. */
  private interface Line {
    void append(StringBuilder text, long number);
  }

  private void copy(Connection connection, String into, long rows, Line line)
      throws SQLException, IOException {
    var copying =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + into + " FROM STDIN (ENCODING 'UTF8')");
    var text = new StringBuilder();
    for (long n = 1; n <= rows; n++) {
      line.append(text, n);
      text.append('\n');
      if (text.length() > FLUSH || n == rows) {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copying.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
      }
    }
    copying.endCopy();
  }

  private void author(StringBuilder text, long number) {
    text.append(words.next()).append(' ').append(words.next()).append(' ').append(number);
  }

  private void document(StringBuilder text, long number) {
    text.append(1 + random.nextInt(authors())).append('\t');
    words.prose(text, 30);
    text.append('\t');
    words.prose(text, 180 + random.nextInt(160));
    text.append('\t').append(FIRST_DAY.plusDays(random.nextInt(62_000))).append('\t');
    text.append("{\"language\": \"").append(any(LANGUAGES));
    text.append("\", \"format\": \"").append(any(FORMATS));
    text.append("\", \"pages\": ").append(1 + random.nextInt(900));
    text.append(", \"shelf\": \"").append(words.next()).append('/').append(random.nextInt(400));
    text.append("\", \"keywords\": [\"").append(words.next()).append("\", \"");
    text.append(words.next()).append("\"], \"isbn\": \"978");
    text.append(1_000_000_000L + number * 7).append("\"}");
  }

  private void loan(StringBuilder text, long number) {
    text.append(1 + random.nextInt(documents)).append('\t');
    reader(text);
    text.append('\t').append(Instant.ofEpochSecond(FIRST_LOAN + random.nextInt(200_000_000)));
    text.append("\t{\"branch\": \"").append(any(BRANCHES));
    text.append("\", \"days\": ").append(7 * (1 + random.nextInt(4)));
    text.append(", \"renewed\": ").append(random.nextInt(3));
    text.append(", \"receipt\": \"").append(Long.toHexString(random.nextLong())).append("\"}");
  }

  private void annotation(StringBuilder text, long number) {
    text.append(1 + random.nextInt(documents)).append('\t');
    reader(text);
    text.append('\t');
    words.prose(text, 40 + random.nextInt(240));
  }

  private void reader(StringBuilder text) {
    text.append("reader-").append(random.nextInt(Math.max(10, documents / 20)));
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
