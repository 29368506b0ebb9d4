package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.component.postgres.Connector;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens sessions with one server, whatever host and port are asked for. */
record ModelConnector(ModelServer server) implements Connector {
  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    var database =
        URLDecoder.decode(url.substring(url.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
    return ModelConnection.over(
        server.connect(
            database,
            properties.getProperty("user"),
            properties.getProperty("ApplicationName"),
            properties.getProperty("options", "")));
  }
}
