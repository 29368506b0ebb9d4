package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Room;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a database before anything is done with it and finds all that would go wrong. */
final class PostgresInspector {
  private final PostgresConnections connections;
  private final PostgresTools tools;

  PostgresInspector(PostgresConnections connections, PostgresTools tools) {
    this.connections = connections;
    this.tools = tools;
  }

  Inspection inspect(
      Attempt attempt,
      Component.Postgres component,
      Intent intent,
      Optional<ComponentManifest> set) {
    var facts = set.map(PostgresFacts::of);
    if (intent == Intent.READ) {
      return forVerify(attempt, component, facts);
    }
    try (var session = connections.maintenance(attempt, component)) {
      return new Look(attempt, component, intent, facts, session).take();
    } catch (ResurgeException e) {
      return unseen(component, List.of(error(component, e)));
    }
  }

  /** Reading archives back needs a pg_restore and no server. */
  private Inspection forVerify(
      Attempt attempt, Component.Postgres component, Optional<PostgresFacts> facts) {
    try {
      facts.ifPresent(f -> tools.forArchive(attempt, component, f.serverMajor()));
      return unseen(component, List.of());
    } catch (ResurgeException e) {
      return unseen(component, List.of(error(component, e)));
    }
  }

  private static Inspection unseen(Component.Postgres component, List<Finding> findings) {
    return new Inspection(
        Optional.empty(),
        Optional.empty(),
        component.database(),
        new ByteSize(0),
        Optional.empty(),
        Optional.empty(),
        findings,
        Optional.empty());
  }

  private static Finding error(Component.Postgres component, ResurgeException e) {
    return Finding.error(e.type(), component.name(), e.getMessage());
  }

  private static Finding error(Component.Postgres component, ErrorType type, String message) {
    return Finding.error(type, component.name(), message);
  }

  private static Finding warning(Component.Postgres component, String message) {
    return Finding.warning(ErrorType.PREFLIGHT_REFUSED, component.name(), message);
  }

  /** One inspection of a server that answers. */
  private final class Look {
    private final Attempt attempt;
    private final Component.Postgres component;
    private final Intent intent;
    private final Optional<PostgresFacts> facts;
    private final PostgresSession session;
    private final List<Finding> findings = new ArrayList<>();

    Look(
        Attempt attempt,
        Component.Postgres component,
        Intent intent,
        Optional<PostgresFacts> facts,
        PostgresSession session) {
      this.attempt = attempt;
      this.component = component;
      this.intent = intent;
      this.facts = facts;
      this.session = session;
    }

    Inspection take() {
      var clock =
          session.one(
              "SELECT clock_timestamp()",
              row -> row.getObject(1, OffsetDateTime.class).toInstant());
      var found = DatabaseCatalog.find(session, component.database());
      lookAtServer(found);
      if (found.isEmpty()) {
        return noDatabase(clock);
      }
      var entry = found.get();
      var room =
          intent == Intent.STAGE || intent == Intent.REBUILD // which leaves alone what is there
              ? room(session, entry)
              : entry.allowsConnections() ? lookInside(entry) : closed(entry);
      var owner = entry.markers().owner();
      if (owner.isEmpty() && entry.settings().containsKey(DatabaseMarkers.OWNER)) {
        findings.add(
            warning(
                component,
                "the marker "
                    + DatabaseMarkers.OWNER
                    + " on '"
                    + entry.name()
                    + "' is not as we write it, and counts for nothing"));
      }
      return new Inspection(
          Optional.of(entry.identity()),
          Optional.empty(),
          entry.name(),
          size(entry),
          owner,
          Optional.of(clock),
          findings,
          room);
    }

    private Inspection noDatabase(Instant clock) {
      var there = DatabaseCatalog.all(session).stream().map(DatabaseCatalog.Entry::name).toList();
      return new Inspection(
          Optional.empty(),
          Optional.of(
              "the server on "
                  + PostgresConnections.server(component)
                  + " has no database '"
                  + component.database()
                  + "'; it has "
                  + String.join(", ", there)),
          component.database(),
          new ByteSize(0),
          Optional.empty(),
          Optional.of(clock),
          findings,
          facts.filter(f -> intent.stages()).flatMap(f -> RoomFinder.room(session, f.size())));
    }

    private ByteSize size(DatabaseCatalog.Entry entry) {
      try {
        return DatabaseCatalog.size(session, entry);
      } catch (ResurgeException e) {
        findings.add(error(component, e));
        return new ByteSize(0);
      }
    }

    private void lookAtServer(Optional<DatabaseCatalog.Entry> entry) {
      var server = PostgresServer.of(session);
      try {
        tools.forServer(attempt, component, server.major());
      } catch (ResurgeException e) {
        findings.add(error(component, e));
      }
      var fit = new FitFindings(component);
      if (intent != Intent.STAGE) {
        findings.addAll(fit.bound(session, intent.replaces()));
      }
      if (intent.stages()) {
        place(server);
        var replaced = entry.filter(e -> intent == Intent.REPLACE);
        rights(server, replaced.map(DatabaseCatalog.Entry::owner));
        facts.ifPresent(f -> findings.addAll(fit.set(session, server, f)));
        if (intent != Intent.REBUILD) {
          facts.ifPresent(f -> findings.addAll(fit.roles(session, f)));
        }
      }
    }

    private void place(PostgresServer server) {
      if (intent.replaces() && component.database().equals(component.maintenanceDatabase())) {
        findings.add(
            error(
                component,
                ErrorType.INPUT_INVALID,
                "database and maintenanceDatabase are both '"
                    + component.database()
                    + "': a database cannot be renamed from within"));
      }
      if (server.standby()) {
        findings.add(
            error(
                component,
                ErrorType.DATABASE_UNAVAILABLE,
                "the server is a standby" + " that only follows another: restore to its primary"));
      }
    }

    private void rights(PostgresServer server, Optional<String> owner) {
      var rights = new RightsFindings(component);
      var copys = facts.map(f -> f.state().owner());
      findings.addAll(
          intent == Intent.STAGE
              ? rights.forStaging(session, server, copys)
              : rights.forRestore(session, server, owner, copys));
      if (intent == Intent.REBUILD && facts.isPresent()) {
        var present = MissingRoles.present(session);
        var missing = MissingRoles.of(facts.get(), present);
        findings.addAll(rights.forRoles(session, server, missing));
        findings.addAll(connections.rolePasswords(component).findings(facts.get(), present));
      }
    }

    private Optional<Room> closed(DatabaseCatalog.Entry entry) {
      findings.add(
          error(
              component,
              ErrorType.DATABASE_UNAVAILABLE,
              "database '"
                  + entry.name()
                  + "' accepts no connections, as in the middle of a cut"
                  + " over"));
      return Optional.empty();
    }

    /** Rights on tables and the database's own tablespace are only seen from within. */
    private Optional<Room> lookInside(DatabaseCatalog.Entry entry) {
      try (var inside = connections.to(attempt, component, entry.name())) {
        findings.addAll(new RightsFindings(component).forCapture(inside));
        return intent.stages() ? room(inside, entry) : Optional.empty();
      } catch (ResurgeException e) {
        findings.add(error(component, e));
        return Optional.empty();
      }
    }

    private Optional<Room> room(PostgresSession where, DatabaseCatalog.Entry entry) {
      var needed = facts.map(PostgresFacts::size).orElseGet(() -> size(entry));
      var room = RoomFinder.room(where, needed);
      if (room.isEmpty()) {
        findings.add(
            warning(
                component,
                "the room on the server's disk cannot be measured from here; a copy of about "
                    + needed.human()
                    + " will be built beside '"
                    + entry.name()
                    + "'"));
      }
      return room;
    }
  }
}
