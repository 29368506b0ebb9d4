package dev.resurge.activities.component.postgres.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.workflows.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * What the model's pg_dump writes and its pg_restore reads.
 *
 * @param definitions tables without rows, in archives that have the section {@code pre-data}
 * @param finished the same tables with indexes and constraints, where {@code post-data} is
 * @param rows tables with their rows, where {@code data} is
 * @param sequences their values, where {@code data} is
 */
record Archive(
    List<ModelTable> definitions,
    List<ModelTable> finished,
    List<ModelTable> rows,
    SortedMap<String, Long> sequences) {
  private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);

  byte[] bytes() throws IOException {
    var json = Json.mapper().writeValueAsBytes(this);
    var bytes = Arrays.copyOf(MAGIC, MAGIC.length + json.length);
    System.arraycopy(json, 0, bytes, MAGIC.length, json.length);
    return bytes;
  }

  /**
   * Reads one.
   *
   * @throws IOException in pg_restore's words if it is none or not whole
   */
  static Archive of(byte[] bytes) throws IOException {
    if (bytes.length < MAGIC.length) {
      throw new IOException(
          "pg_restore: error: input file is too short (read " + bytes.length + ", expected 5)");
    }
    if (!Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
      throw new IOException("pg_restore: error: input file does not appear to be a valid archive");
    }
    try {
      return Json.mapper()
          .readValue(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length), Archive.class);
    } catch (JsonProcessingException e) {
      throw new IOException("pg_restore: error: could not read from input file: end of file", e);
    }
  }

  /** As {@code pg_restore --list} prints it. */
  String listing() {
    var lines = new ArrayList<>(List.of(";", "; Archive of the model", ";"));
    definitions.forEach(t -> lines.add(line(lines.size(), 1259, "TABLE", t, "")));
    rows.forEach(t -> lines.add(line(lines.size(), 0, "TABLE DATA", t, "")));
    sequences
        .keySet()
        .forEach(s -> lines.add(lines.size() + "; 0 0 SEQUENCE SET public " + s + " postgres"));
    for (var table : finished) {
      table.indexes().forEach(i -> lines.add(line(lines.size(), 1259, "INDEX", table, " " + i)));
      table
          .foreignKeys()
          .forEach(k -> lines.add(line(lines.size(), 2606, "FK CONSTRAINT", table, " " + k)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(int id, int catalog, String kind, ModelTable table, String part) {
    return "%d; %d %d %s %s %s%s %s"
        .formatted(
            id, catalog, table.oid(), kind, table.schema(), table.name(), part, table.owner());
  }
}
