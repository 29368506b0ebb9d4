package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.component.postgres.Connector;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A PostgreSQL server in memory: databases with a few tables, roles, grants, settings, sessions and
 * transactions, as far as the driver can tell. What it does not know it refuses in full words.
 *
 * <p>Left out: locks on tables, rights of who is no superuser (but for the right to connect),
 * queries beyond the driver's own and {@code SELECT count(*)}. Dropping and renaming do not wait
 * five seconds for sessions to end, but fail at once.
 */
public final class ModelServer {
  /** Its superuser, whom it trusts without a password. */
  public static final String SUPERUSER = "postgres";

  /** The database that is there from the beginning. */
  public static final String MAINTENANCE = "postgres";

  /** Its major version. */
  public static final int MAJOR = 17;

  /** Its version. */
  public static final String VERSION = "17.2";

  static final long FIRST_USER_OID = 16384;

  private final long systemIdentifier;
  private final InstantSource clock;
  private final Set<ModelSession> sessions = new LinkedHashSet<>();
  private final Set<ModelProgram> programs = new LinkedHashSet<>();
  private final CatalogLocks locks = new CatalogLocks(this);
  private final Snapshots snapshots = new Snapshots();
  private State state = State.fresh();
  private State durable = state;
  private long nextOid = FIRST_USER_OID;
  private int nextPid = 100;
  private boolean running = true;
  private volatile Interference interference = Interference.NONE;

  /** A server without a database of anybody's. */
  public ModelServer(long systemIdentifier, InstantSource clock) {
    this.systemIdentifier = systemIdentifier;
    this.clock = clock;
  }

  /** An equal server of its own, without sessions and programs; what is done to it is its alone. */
  public synchronized ModelServer copy(InstantSource itsClock) {
    var copy = new ModelServer(systemIdentifier, itsClock);
    copy.become(state, true);
    copy.nextOid = nextOid;
    return copy;
  }

  /** The same with the same clock. */
  public ModelServer copy() {
    return copy(clock);
  }

  /** What the driver opens its connections with. */
  public Connector connector() {
    return new ModelConnector(this);
  }

  /** Has all calls pass through {@code others} from now on. */
  public void interfere(Interference others) {
    interference = others;
  }

  Interference interference() {
    return interference;
  }

  /** Makes a database; whoever uses the harness is its superuser. */
  public synchronized void createDatabase(String name, String owner, Contents holding) {
    long oid = nextOid++;
    var catalog = state.catalog().with(ModelDatabase.fresh(oid, name, owner));
    become(state.with(catalog).holding(oid, holding), true);
  }

  /** Makes a role with the words of {@code CREATE ROLE}, such as {@code LOGIN}. */
  public synchronized void createRole(String name, String options) {
    become(state.with(state.catalog().with(ModelRole.of(name, options))), true);
  }

  /** Runs a statement as the superuser, in the maintenance database. */
  public void execute(String sql) throws SQLException {
    try (var session = connect(MAINTENANCE, SUPERUSER, "model")) {
      session.run(sql, List.of());
    }
  }

  /**
   * Opens a session, as an application or a person does.
   *
   * @throws SQLException as the server refuses one
   */
  public ModelSession connect(String database, String user, String application)
      throws SQLException {
    return connect(database, user, application, "");
  }

  ModelSession connect(String database, String user, String application, String options)
      throws SQLException {
    var call = new Interference.Call(application, database, "connect");
    interference.before(call);
    ModelSession session;
    synchronized (this) {
      Admission.check(this, database, user);
      session =
          new ModelSession(this, nextPid++, oid(database), database, user, application, options);
      sessions.add(session);
    }
    boolean known = false;
    try {
      interference.after(call);
      known = true;
    } finally {
      if (!known) {
        session.close();
      }
    }
    return session;
  }

  private long oid(String database) {
    return state.catalog().find(database).orElseThrow().oid();
  }

  /** The application writes one row in a session of its own, or is refused. */
  public void write(String database, String user, String table, String... row) throws SQLException {
    try (var session = connect(database, user, "application")) {
      session.insert(table, row);
    }
  }

  /** What a database holds, whoever may connect to it. */
  public synchronized Contents contents(String database) {
    return state.of(
        database(database)
            .orElseThrow(() -> new NoSuchElementException("no database " + database))
            .oid());
  }

  /** Changes what a database holds behind everybody's back. */
  public synchronized void change(String database, UnaryOperator<Contents> change) {
    long oid = oid(database);
    become(state.holding(oid, change.apply(state.of(oid))), true);
  }

  /** A database's entry in the catalog. */
  public synchronized Optional<ModelDatabase> database(String name) {
    return state.catalog().find(name);
  }

  /** The names of all databases but those that every server has, sorted. */
  public synchronized List<String> databases() {
    return state.catalog().byName().stream()
        .filter(d -> d.oid() >= FIRST_USER_OID)
        .map(ModelDatabase::name)
        .toList();
  }

  /** What bears the name now, as the driver calls it; empty if nothing does. */
  public synchronized Optional<String> identity(String database) {
    return state.catalog().find(database).map(d -> "postgres-" + systemIdentifier + "-" + d.oid());
  }

  /** What all sessions call themselves. */
  public synchronized List<String> sessions() {
    return sessions.stream().map(ModelSession::application).toList();
  }

  /** How many sessions wait for another's transaction to end. */
  public synchronized int waiting() {
    return locks.waiting();
  }

  /** Ends all sessions whose names begin so, as a person does; how many there were. */
  public synchronized int endSessions(String applicationPrefix) {
    var ended =
        sessions.stream().filter(s -> s.application().startsWith(applicationPrefix)).toList();
    ended.forEach(ModelSession::terminate);
    return ended.size();
  }

  /** Ends all sessions, and takes no new ones until {@link #start}. */
  public synchronized void stop() {
    running = false;
    List.copyOf(sessions).forEach(ModelSession::terminate);
  }

  /** As {@link #stop}, but loses what was committed without waiting for the disk. */
  public synchronized void crash() {
    stop();
    state = durable;
  }

  /** Takes sessions again. */
  public synchronized void start() {
    running = true;
  }

  boolean isRunning() {
    return running;
  }

  long systemIdentifier() {
    return systemIdentifier;
  }

  /** As precise as the server's own. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  State state() {
    return state;
  }

  /**
   * Changes everything at once.
   *
   * @param flushed whether it, and with it all before it, is on the disk from now on
   */
  void become(State other, boolean flushed) {
    state = other;
    durable = flushed ? other : durable;
  }

  long nextOid() {
    return nextOid++;
  }

  CatalogLocks locks() {
    return locks;
  }

  Set<ModelSession> all() {
    return sessions;
  }

  Set<ModelProgram> programs() {
    return programs;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  void gone(ModelSession session) {
    sessions.remove(session);
    notifyAll();
  }
}
