package dev.resurge.activities.component.postgres.model;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A statement, prepared or not. */
final class ModelStatement implements InvocationHandler {
  private final Connection connection;
  private final ModelSession session;
  private final String prepared;
  private final SortedMap<Integer, Object> values = new TreeMap<>();
  private Answer answer = Answer.DONE;

  ModelStatement(Connection connection, ModelSession session, String prepared) {
    this.connection = connection;
    this.session = session;
    this.prepared = prepared;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws SQLException {
    return switch (method.getName()) {
      case "execute" -> run(arguments).isQuery();
      case "executeQuery" -> rows(query(arguments));
      case "setObject" -> values.put((Integer) arguments[0], arguments[1]);
      case "setArray" -> values.put((Integer) arguments[0], ((Array) arguments[1]).getArray());
      case "getResultSet" -> rows(answer);
      case "getMoreResults" -> false;
      case "getUpdateCount" -> -1;
      case "getConnection" -> connection;
      case "setMaxRows", "close" -> null;
      default -> throw ModelConnection.unsupported(method);
    };
  }

  private Answer run(Object... arguments) throws SQLException {
    var sql = arguments == null ? prepared : (String) arguments[0];
    answer = session.run(sql, inOrder());
    return answer;
  }

  private Answer query(Object... arguments) throws SQLException {
    if (!run(arguments).isQuery()) {
      throw new SQLException("No results were returned by the query.", "02000");
    }
    return answer;
  }

  private List<Object> inOrder() {
    return new ArrayList<>(values.values());
  }

  private static ResultSet rows(Answer answer) {
    return ModelConnection.as(ResultSet.class, new ModelRows(answer));
  }
}
