package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;

/**
 * Stands between the server and everybody who calls it, programs too. Both are called in the
 * caller's thread, without any lock of the server, so that they may wait for as long as they like.
 */
public interface Interference {
  /** Lets everything pass. */
  Interference NONE = new Interference() {};

  /**
   * A call is about to be made.
   *
   * @throws SQLException to have it fail without having reached the server; with a state of class
   *     08 the connection is broken and its session gone
   */
  default void before(Call call) throws SQLException {}

  /**
   * A call was done.
   *
   * @throws SQLException to have its answer lost
   */
  default void after(Call call) throws SQLException {}

  /**
   * What is asked of the server.
   *
   * @param application what the session calls itself
   * @param database the name that the session's database bore when it was opened
   * @param what {@code connect}, a statement, or a step of a program such as {@code COPY
   *     public.note}
   */
  record Call(String application, String database, String what) {}
}
