package dev.resurge.activities.component.postgres.model;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;

/** JDBC over a session, as far as the driver uses it. */
final class ModelConnection {
  private ModelConnection() {}

  static Connection over(ModelSession session) {
    return as(Connection.class, new OfSession(session));
  }

  static <T> T as(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  static SQLException unsupported(Method method) {
    return new SQLFeatureNotSupportedException("the model has no " + method);
  }

  static Array array(Object values) {
    return as(
        Array.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getArray" -> values;
              case "free" -> null;
              default -> throw unsupported(method);
            });
  }

  private record OfSession(ModelSession session) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws SQLException {
      return switch (method.getName()) {
        case "createStatement" ->
            as(Statement.class, new ModelStatement((Connection) proxy, session, ""));
        case "prepareStatement" ->
            as(
                PreparedStatement.class,
                new ModelStatement((Connection) proxy, session, (String) arguments[0]));
        case "createArrayOf" -> array(arguments[1]);
        case "isValid" -> session.isAlive();
        case "isClosed" -> !session.isAlive();
        case "abort", "close" -> {
          session.close();
          yield null;
        }
        default -> throw unsupported(method);
      };
    }
  }
}
