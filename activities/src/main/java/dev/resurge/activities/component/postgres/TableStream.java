package dev.resurge.activities.component.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/**
 * Streams rows from a table of one database into a table of another, in constant memory. Both
 * sessions write values alike, whatever their databases have set: what pg_dump sets for itself, and
 * the locale of money.
 */
final class TableStream {
  private static final List<String> ALIKE =
      List.of(
          "SET datestyle = ISO",
          "SET intervalstyle = postgres",
          "SET extra_float_digits = 3",
          "SET bytea_output = hex",
          "SET xmloption = content",
          "SET lc_monetary = 'C'");

  private final PostgresSession from;
  private final PostgresSession to;
  private final String encoding;

  /**
   * @param encoding of the database that is read, so that nothing is converted on the way out
   */
  TableStream(PostgresSession from, PostgresSession to, String encoding) {
    this.from = from;
    this.to = to;
    this.encoding = encoding;
    from.execute(ALIKE);
    to.execute(ALIKE);
  }

  /**
   * Copies all rows that are in the table itself.
   *
   * @param columns of both tables; the source may have them in another order
   * @param into quoted, with exactly those columns
   * @return how many rows arrived
   */
  long copy(Table source, List<TableShape.Column> columns, String into, LongConsumer moved) {
    var options = " (FORMAT text, ENCODING " + Quoting.literal(encoding) + ")";
    var names = columns.stream().map(TableShape.Column::quoted).collect(Collectors.joining(", "));
    var out =
        out("COPY (SELECT " + names + " FROM ONLY " + source.quoted() + ") TO STDOUT" + options);
    var in = in("COPY " + into + " FROM STDIN" + options);
    try {
      for (var some = read(out); some != null; some = read(out)) {
        write(in, some);
        moved.accept(some.length);
      }
      return end(in);
    } finally {
      cancel(in);
    }
  }

  private static CopyManager api(PostgresSession session) throws SQLException {
    return new CopyManager(session.connection().unwrap(BaseConnection.class));
  }

  private CopyOut out(String sql) {
    try {
      return api(from).copyOut(sql);
    } catch (SQLException e) {
      throw from.failure(e);
    }
  }

  private CopyIn in(String sql) {
    try {
      return api(to).copyIn(sql);
    } catch (SQLException e) {
      throw to.failure(e);
    }
  }

  private byte[] read(CopyOut out) {
    try {
      return out.readFromCopy();
    } catch (SQLException e) {
      throw from.failure(e);
    }
  }

  private void write(CopyIn in, byte[] some) {
    try {
      in.writeToCopy(some, 0, some.length);
    } catch (SQLException e) {
      throw to.failure(e);
    }
  }

  private long end(CopyIn in) {
    try {
      return in.endCopy();
    } catch (SQLException e) {
      throw to.failure(e);
    }
  }

  /** A session that still waits for rows would not hear that it is to roll back. */
  private static void cancel(CopyIn in) {
    if (in.isActive()) {
      try {
        in.cancelCopy();
      } catch (SQLException e) {
        // the server says that the copy was cancelled, or is gone; what led here is thrown
      }
    }
  }
}
