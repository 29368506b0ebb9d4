package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.SecretRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.postgresql.PGProperty;

/** Opens sessions as the component's admin, each bearing the attempt's application name. */
final class PostgresConnections {
  /**
   * What a database or role may have set and would break our work in it; options of the connection
   * come before both. row_security off makes a count fail that would leave out rows.
   */
  private static final String OUR_OPTIONS =
      "-c default_transaction_read_only=off -c statement_timeout=0"
          + " -c idle_in_transaction_session_timeout=0 -c row_security=off"
          + " -c search_path=pg_catalog -c lock_timeout=30s";

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Function<SecretRef, String> secrets;
  private final Connector connector;

  /**
   * @param secrets gives a secret's value, or throws {@code SecretMissing}
   */
  PostgresConnections(Function<SecretRef, String> secrets, Connector connector) {
    this.secrets = secrets;
    this.connector = connector;
  }

  /** A session in the database that is never swapped, from where others are renamed. */
  PostgresSession maintenance(Attempt attempt, Component.Postgres component) {
    return to(attempt, component, component.maintenanceDatabase());
  }

  /** A session in any database, with nothing of its own settings in the way. */
  PostgresSession to(Attempt attempt, Component.Postgres component, String database) {
    return open(attempt, component, database, OUR_OPTIONS);
  }

  /** A session that changes nothing, with the database's own settings, for a runbook's queries. */
  PostgresSession readOnly(
      Attempt attempt, Component.Postgres component, String database, Duration statementTimeout) {
    return open(
        attempt,
        component,
        database,
        "-c default_transaction_read_only=on -c statement_timeout=" + statementTimeout.toMillis());
  }

  /** What the server's own programs need to connect; their argument lists hold no secret. */
  Map<String, String> environment(Attempt attempt, Component.Postgres component, String options) {
    var environment = new HashMap<String, String>();
    environment.put("PGHOST", component.host());
    environment.put("PGPORT", Integer.toString(component.port()));
    environment.put("PGUSER", component.admin().user());
    environment.put("PGAPPNAME", ApplicationNames.of(attempt, component.name()));
    environment.put("PGCONNECT_TIMEOUT", Long.toString(CONNECT.toSeconds()));
    environment.put("PGOPTIONS", options);
    component.admin().password().ifPresent(p -> environment.put("PGPASSWORD", secrets.apply(p)));
    return Map.copyOf(environment);
  }

  /** The passwords of other roles than the admin. */
  RolePasswords rolePasswords(Component.Postgres component) {
    return new RolePasswords(component, secrets);
  }

  /** For messages: {@code 127.0.0.1:5432}. */
  static String server(Component.Postgres component) {
    return component.host() + ":" + component.port();
  }

  private PostgresSession open(
      Attempt attempt, Component.Postgres component, String database, String options) {
    attempt.checkCancelled();
    var properties = properties(attempt, component, options);
    var where = "database '" + database + "' on " + server(component);
    try {
      var connection = connector.connect(url(component, database), properties);
      if (connection == null) {
        throw new ResurgeException(
            ErrorType.INTERNAL, "connecting to " + where + ": the JDBC driver refuses its address");
      }
      return new PostgresSession(connection, attempt, where);
    } catch (SQLException e) {
      throw refused(component, where, e);
    }
  }

  private Properties properties(Attempt attempt, Component.Postgres component, String options) {
    var properties = new Properties();
    properties.setProperty(PGProperty.USER.getName(), component.admin().user());
    component
        .admin()
        .password()
        .ifPresent(p -> properties.setProperty(PGProperty.PASSWORD.getName(), secrets.apply(p)));
    properties.setProperty(
        PGProperty.APPLICATION_NAME.getName(), ApplicationNames.of(attempt, component.name()));
    properties.setProperty(PGProperty.ASSUME_MIN_SERVER_VERSION.getName(), "12");
    properties.setProperty(PGProperty.OPTIONS.getName(), options);
    properties.setProperty(
        PGProperty.CONNECT_TIMEOUT.getName(), Long.toString(CONNECT.toSeconds()));
    properties.setProperty(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
    if (component.host().startsWith("/")) {
      properties.setProperty(
          PGProperty.SOCKET_FACTORY.getName(), UnixSocketFactory.class.getName());
      properties.setProperty(
          PGProperty.SOCKET_FACTORY_ARG.getName(),
          component.host() + "/.s.PGSQL." + component.port());
    }
    return properties;
  }

  private static String url(Component.Postgres component, String database) {
    var host = component.host();
    var authority =
        host.startsWith("/") ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:postgresql://"
        + authority
        + ":"
        + component.port()
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  private static ResurgeException refused(
      Component.Postgres component, String where, SQLException e) {
    var admin = component.admin();
    var with =
        admin
            .password()
            .map(p -> "the password from " + p.describe())
            .orElse("no password (the runbook names none)");
    return PostgresErrors.translate(
        "connecting to " + where + " as '" + admin.user() + "' with " + with, e);
  }
}
