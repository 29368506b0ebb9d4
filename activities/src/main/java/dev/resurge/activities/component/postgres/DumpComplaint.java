package dev.resurge.activities.component.postgres;

import java.util.regex.Pattern;

/**
 * What pg_dump says when the schema changes under it. It prints no error codes; programs run in the
 * C locale, and the server's words are taken where it speaks English.
 */
final class DumpComplaint {
  private static final Pattern MOVED =
      Pattern.compile(
          "lock timeout|could not obtain lock|cache lookup failed"
              + "|(?:relation|column|type|function|schema|index|constraint) .{0,200}does not exist"
              + "|could not open relation|concurrently (?:updated|deleted|dropped)"
              + "|deadlock detected|no matching tables were found",
          Pattern.CASE_INSENSITIVE);

  private DumpComplaint() {}

  /** Whether a new snapshot may succeed. */
  static boolean schemaMoved(String stderr) {
    return MOVED.matcher(stderr).find();
  }
}
