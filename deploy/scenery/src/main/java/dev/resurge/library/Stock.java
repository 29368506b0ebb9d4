package dev.resurge.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Fills a new library with documents and attachments; the same every time.
 *
 * @param documents how many documents
 * @param covers how many of them have an image in the database
 * @param attachments how many files
 */
public record Stock(int documents, int covers, int attachments) {
  private static final int COVERS = 40;
  private static final int FEWEST_ATTACHMENTS = 2_400;
  private static final int BIGGEST_ATTACHMENT = 24 * 1024;
  private static final int FOLDERS_PER_SHELF = 20;
  private static final List<String> SHELVES =
      List.of("letters", "maps", "field notes", "Übersetzungen", "plates/colour", "plates/ink");

  /** A plausible library with so many documents. */
  public static Stock of(int documents) {
    return new Stock(documents, COVERS, Math.max(FEWEST_ATTACHMENTS, documents / 100));
  }

  /**
   * Makes the roles {@code library_owner} (owns all, cannot log in) and {@code library_app} (what
   * the application logs in as), the database {@code library} with its rows, and the files.
   *
   * @param server a JDBC URL ending with a slash
   * @param admin a superuser
   * @param applicationPassword the new password of {@code library_app}
   * @param files an empty folder
   */
  public void put(
      String server, String admin, String adminPassword, String applicationPassword, Path files)
      throws SQLException, IOException {
    createDatabase(server, admin, adminPassword, applicationPassword, "library");
    try (var connection = DriverManager.getConnection(server + "library", admin, adminPassword)) {
      connection.setAutoCommit(false);
      run(connection, "SET ROLE library_owner");
      run(
          connection,
          resource("data.sql")
              .replace("%documents%", Integer.toString(documents))
              .replace("%covers%", Integer.toString(covers)));
      attach(connection, files);
      connection.commit();
      connection.setAutoCommit(true);
      run(connection, "ANALYZE");
    }
  }

  /**
   * Makes the roles {@code library_owner} and {@code library_app} and a database with the library's
   * tables, without rows.
   *
   * @param database a plain identifier
   */
  public static void createDatabase(
      String server,
      String admin,
      String adminPassword,
      String applicationPassword,
      String database)
      throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(server + "postgres", admin, adminPassword)) {
      run(connection, "CREATE ROLE library_owner NOLOGIN");
      run(connection, createApplicationRole(connection, applicationPassword));
      run(connection, "CREATE DATABASE " + database + " OWNER library_owner");
    }
    try (var connection = DriverManager.getConnection(server + database, admin, adminPassword)) {
      run(connection, "SET ROLE library_owner; " + resource("schema.sql"));
    }
  }

  /** The statement, with the password quoted by the server itself. */
  private static String createApplicationRole(Connection connection, String password)
      throws SQLException {
    var query = "SELECT format('CREATE ROLE library_app LOGIN PASSWORD %L', ?::text)";
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, password);
      var row = statement.executeQuery();
      row.next();
      return row.getString(1);
    }
  }

  private void attach(Connection connection, Path files) throws SQLException, IOException {
    var insert = "INSERT INTO attachment (document_id, path, bytes, sha256) VALUES (?, ?, ?, ?)";
    try (var rows = connection.prepareStatement(insert)) {
      for (var n = 0; n < attachments; n++) {
        attach(rows, files, n);
      }
      rows.executeBatch();
    }
  }

  private void attach(PreparedStatement rows, Path files, int n) throws SQLException, IOException {
    var shelf = SHELVES.get(n % SHELVES.size());
    var folder = n / SHELVES.size() % FOLDERS_PER_SHELF;
    var path = "%s/%02d/item %04d.dat".formatted(shelf, folder, n);
    var content = content(n);
    var file = files.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    rows.setLong(1, 1 + (n * 83L) % documents);
    rows.setString(2, path);
    rows.setLong(3, content.length);
    rows.setString(4, sha256(content));
    rows.addBatch();
  }

  /** Between nothing and 24 KiB; half of it text, half of it noise like a scanned picture. */
  private static byte[] content(int n) {
    var random = new Random(n);
    var content = new byte[random.nextInt(BIGGEST_ATTACHMENT)];
    if (n % 2 == 0) {
      random.nextBytes(content);
      return content;
    }
    var line = "Item %d, page %d. ".formatted(n, random.nextInt(1000));
    return line.repeat(content.length / line.length()).getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void run(Connection connection, String statements) throws SQLException {
    try (var all = connection.createStatement()) {
      all.execute(statements);
    }
  }

  private static String resource(String name) throws IOException {
    try (var content = Stock.class.getResourceAsStream(name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
