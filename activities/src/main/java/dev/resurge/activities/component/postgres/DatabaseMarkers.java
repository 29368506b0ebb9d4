package dev.resurge.activities.component.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.Json;
import java.util.Map;
import java.util.Optional;

/**
 * What we wrote on a database: settings of ours, which mean nothing to the server, are changed in
 * the same transaction as names and grants, and go with the database when it is renamed.
 */
record DatabaseMarkers(Optional<Owner> owner, Optional<Staged> staged, Optional<Kept> kept) {
  /** What all our settings begin with. */
  static final String PREFIX = "resurge.";

  /** Whose the live database is. */
  static final String OWNER = PREFIX + "owner";

  /** A copy that is being built or stands ready. */
  static final String STAGED = PREFIX + "staged";

  /** A copy that was live, or was rejected. */
  static final String RETAINED = PREFIX + "retained";

  /** How far a staged copy is. */
  enum State {
    @JsonProperty("loading")
    LOADING,
    @JsonProperty("complete")
    COMPLETE
  }

  /**
   * A staged copy.
   *
   * @param manifest sha256 of the manifest it was built from; empty for data that was kept before
   * @param acl the grants that it gets when it becomes live; until then others are kept out
   */
  record Staged(
      String run,
      String component,
      String token,
      State state,
      String manifest,
      Optional<DatabaseAcl> acl) {
    /** Whether it was made for this run, so that nothing is lost with it. */
    boolean built() {
      return !manifest.isEmpty();
    }
  }

  /**
   * Data that is kept.
   *
   * @param of the live name that it bore or was to bear
   * @param why {@code replaced} or {@code rejected}
   * @param acl the grants it had, once others are kept out of it
   */
  record Kept(String run, String component, String of, String why, Optional<DatabaseAcl> acl) {}

  /** Reads a database's settings. */
  static DatabaseMarkers of(Map<String, String> settings) {
    return new DatabaseMarkers(
        read(settings, OWNER, Owner.class),
        read(settings, STAGED, Staged.class),
        read(settings, RETAINED, Kept.class));
  }

  /** The grants it is to have, where it is closed to others for now. */
  Optional<DatabaseAcl> heldBackAcl() {
    return staged.flatMap(Staged::acl).or(() -> kept.flatMap(Kept::acl));
  }

  /** The statement that marks a database. */
  static String mark(String database, String setting, Object marker) {
    return "ALTER DATABASE "
        + Quoting.identifier(database)
        + " SET "
        + setting
        + " TO "
        + Quoting.literal(Json.canonical(marker));
  }

  /** The statement that takes a mark away. */
  static String unmark(String database, String setting) {
    return "ALTER DATABASE " + Quoting.identifier(database) + " RESET " + setting;
  }

  /** What is not as we write it is not ours: it counts for nothing and is never acted upon. */
  private static <T> Optional<T> read(Map<String, String> settings, String name, Class<T> type) {
    try {
      var text = settings.get(name);
      return text == null
          ? Optional.empty()
          : Optional.ofNullable(Json.mapper().readValue(text, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
