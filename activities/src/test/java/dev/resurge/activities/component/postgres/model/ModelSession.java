package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One session with the server, in one database, until it is closed or ended. */
public final class ModelSession implements AutoCloseable {
  private final ModelServer server;
  private final int pid;
  private final long database;
  private final String called;
  private final String user;
  private final String application;
  private final Parameters parameters;
  private String role;
  private Optional<Transaction> transaction = Optional.empty();
  private boolean open = true;
  private boolean terminated;

  ModelSession(
      ModelServer server,
      int pid,
      long database,
      String called,
      String user,
      String application,
      String options) {
    this.server = server;
    this.pid = pid;
    this.database = database;
    this.called = called;
    this.user = user;
    this.role = user;
    this.application = application;
    this.parameters = new Parameters(options);
  }

  /** Something that is done with the server's monitor held. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws SQLException;
  }

  /** Appends a row to a table, as an application does. */
  public void insert(String table, String... row) throws SQLException {
    call("INSERT INTO " + table, () -> append(table, row));
  }

  boolean append(String table, String... row) throws SQLException {
    if (contents().table(table).isEmpty()) {
      throw Failures.noTable(table);
    }
    change(held -> held.withRow(table, row));
    return true;
  }

  /** Whether nobody closed or ended it. */
  public boolean isAlive() {
    synchronized (server) {
      return open && !terminated;
    }
  }

  /** Runs a statement that the driver may send; the answer has no rows if it is no query. */
  Answer run(String sql, List<Object> values) throws SQLException {
    return call(sql, () -> Interpreter.run(this, sql, values));
  }

  <T> T call(String what, Action<T> action) throws SQLException {
    var call = new Interference.Call(application, called, what);
    pass(() -> server.interference().before(call));
    T result;
    synchronized (server) {
      checkAlive();
      try {
        result = action.run();
      } catch (SQLException e) {
        transaction.ifPresent(Transaction::fail);
        throw e;
      } finally {
        if (transaction.isEmpty()) {
          server.locks().release(this);
        }
      }
    }
    pass(() -> server.interference().after(call));
    return result;
  }

  @FunctionalInterface
  private interface Passing {
    void run() throws SQLException;
  }

  /** A failure of the connection (class 08) is its end; any other is a statement's. */
  private void pass(Passing interference) throws SQLException {
    try {
      interference.run();
    } catch (SQLException e) {
      synchronized (server) {
        transaction.ifPresent(Transaction::fail);
        if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
          close();
        }
      }
      throw e;
    }
  }

  void checkAlive() throws SQLException {
    if (!open) {
      throw Failures.closed();
    }
    if (terminated) {
      open = false;
      throw Failures.terminated();
    }
  }

  /** Ends it, as {@code pg_terminate_backend} does. */
  void terminate() {
    terminated = true;
    leave();
  }

  @Override
  public void close() {
    synchronized (server) {
      open = false;
      leave();
    }
  }

  private void leave() {
    end();
    server.gone(this);
  }

  void begin(String options) {
    if (transaction.isEmpty()) {
      transaction = Optional.of(new Transaction(options, parameters.isReadOnly()));
    }
  }

  /** Makes what the transaction changed everybody's; one that failed is rolled back. */
  void commit() {
    transaction.filter(t -> !t.hasFailed()).ifPresent(t -> commit(t::on));
    end();
  }

  /** Ends the transaction, if there is one, as if it had not been. */
  void end() {
    transaction = Optional.empty();
    parameters.endTransaction();
    server.snapshots().withdraw(this);
    server.locks().release(this);
  }

  void checkUsable() throws SQLException {
    if (transaction.filter(Transaction::hasFailed).isPresent()) {
      throw Failures.error(
          "25P02",
          "current transaction is aborted, commands ignored until end of transaction block");
    }
  }

  void requireNoTransaction(String what) throws SQLException {
    if (transaction.isPresent()) {
      throw Failures.error("25001", what + " cannot run inside a transaction block");
    }
  }

  void requireWritable(String what) throws SQLException {
    if (transaction.map(Transaction::isReadOnly).orElse(parameters.isReadOnly())) {
      throw Failures.error("25006", "cannot execute " + what + " in a read-only transaction");
    }
  }

  /** Changes the catalogs: at once, or with the transaction. What it changes it has locked. */
  void changeCatalog(UnaryOperator<Catalog> change) {
    if (transaction.isPresent()) {
      transaction.get().change(change);
    } else {
      commit(change);
    }
  }

  private void commit(UnaryOperator<Catalog> change) {
    var state = server.state();
    server.become(state.with(change.apply(state.catalog())), !parameters.isAsynchronous());
  }

  /** Waits until no other transaction changes an entry of the catalogs. */
  void lock(Object entry) throws SQLException {
    server.locks().acquire(entry, this);
  }

  /** Changes what its database holds. */
  void change(UnaryOperator<Contents> change) throws SQLException {
    requireWritable("INSERT");
    var state = server.state();
    server.become(
        state.holding(database, change.apply(state.of(database))), !parameters.isAsynchronous());
  }

  Catalog catalog() {
    var base = seen().catalog();
    return transaction.map(t -> t.on(base)).orElse(base);
  }

  Contents contents() {
    return seen().contents();
  }

  private Transaction.Seen seen() {
    var now = new Transaction.Seen(server.state().catalog(), server.state().of(database));
    return transaction.map(t -> t.see(now)).orElse(now);
  }

  /** Lets others read what it sees. */
  String export() throws SQLException {
    if (transaction.isEmpty()) {
      throw Failures.unknown("pg_export_snapshot() outside a transaction");
    }
    return server.snapshots().export(this, contents());
  }

  Parameters parameters() {
    return parameters;
  }

  void role(String other) {
    role = other;
  }

  /** As whom it acts now. */
  String role() {
    return role;
  }

  String user() {
    return user;
  }

  ModelServer server() {
    return server;
  }

  int pid() {
    return pid;
  }

  long database() {
    return database;
  }

  /** What it calls itself. */
  public String application() {
    return application;
  }
}
