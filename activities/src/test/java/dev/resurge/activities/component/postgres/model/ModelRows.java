package dev.resurge.activities.component.postgres.model;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** Rows one after the other, their values read by place. */
final class ModelRows implements InvocationHandler {
  private final Answer answer;
  private int at = -1;

  ModelRows(Answer answer) {
    this.answer = answer;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws SQLException {
    return switch (method.getName()) {
      case "next" -> ++at < answer.rows().size();
      case "close" -> null;
      case "getMetaData" -> metaData();
      case "getString" -> text(value(arguments));
      case "getBoolean" -> value(arguments) instanceof Boolean yes && yes;
      case "getInt" -> value(arguments) instanceof Number number ? number.intValue() : 0;
      case "getLong" -> value(arguments) instanceof Number number ? number.longValue() : 0L;
      case "getObject" -> value(arguments);
      case "getArray" -> array(value(arguments));
      default -> throw ModelConnection.unsupported(method);
    };
  }

  private Object value(Object... arguments) {
    return answer.rows().get(at)[(Integer) arguments[0] - 1];
  }

  private static Object array(Object value) {
    return value == null ? null : ModelConnection.array(value);
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> null;
      case Boolean yes -> yes ? "t" : "f";
      default -> value.toString();
    };
  }

  private ResultSetMetaData metaData() {
    return ModelConnection.as(
        ResultSetMetaData.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getColumnCount")) {
            return answer.columns();
          }
          throw ModelConnection.unsupported(method);
        });
  }
}
