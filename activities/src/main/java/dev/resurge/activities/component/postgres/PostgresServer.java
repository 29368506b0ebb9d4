package dev.resurge.activities.component.postgres;

/**
 * The server and what the admin may do on it.
 *
 * @param version such as {@code 15.18}
 * @param standby whether it only follows another server
 */
record PostgresServer(
    String version, int major, boolean superuser, boolean createsDatabases, boolean standby) {
  /** Asks the server. */
  static PostgresServer of(PostgresSession session) {
    return session.one(
        """
        SELECT split_part(current_setting('server_version'), ' ', 1),
               current_setting('server_version_num')::int / 10000,
               r.rolsuper, r.rolcreatedb, pg_is_in_recovery()
        FROM pg_roles r WHERE r.rolname = current_user
        """,
        row ->
            new PostgresServer(
                row.getString(1),
                row.getInt(2),
                row.getBoolean(3),
                row.getBoolean(4) || row.getBoolean(3),
                row.getBoolean(5)));
  }
}
