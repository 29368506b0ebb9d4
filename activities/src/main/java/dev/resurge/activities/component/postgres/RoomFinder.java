package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.ComponentDriver.Room;
import dev.resurge.workflows.model.ByteSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Measures the free space where a staged copy would stand. Only possible where the worker runs on
 * the server's own machine: a directory of the same name elsewhere would tell of another disk.
 */
final class RoomFinder {
  private RoomFinder() {}

  /**
   * The room in the file system of the database's tablespace.
   *
   * @param needed what the copy is expected to take
   * @return empty if it cannot be measured from here
   */
  static Optional<Room> room(PostgresSession session, ByteSize needed) {
    var directory =
        session.first(
            """
            SELECT coalesce(nullif(pg_tablespace_location(d.dattablespace), ''), s.setting)
            FROM pg_database d LEFT JOIN pg_settings s ON s.name = 'data_directory'
            WHERE d.datname = current_database()
            """,
            row -> Optional.ofNullable(row.getString(1)));
    return isHere(session)
        ? directory.flatMap(d -> d).flatMap(d -> measure(d, needed))
        : Optional.empty();
  }

  /** The server's own address, as it sees it, is one of this machine's; none on a Unix socket. */
  private static boolean isHere(PostgresSession session) {
    var address =
        session.one(
            "SELECT host(inet_server_addr())", row -> Optional.ofNullable(row.getString(1)));
    try {
      return address.isEmpty()
          || NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address.get())) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Room> measure(String directory, ByteSize needed) {
    try {
      var store = Files.getFileStore(Path.of(directory));
      return Optional.of(new Room(directory, new ByteSize(store.getUsableSpace()), needed));
    } catch (IOException | InvalidPathException | SecurityException e) {
      return Optional.empty();
    }
  }
}
