package dev.resurge.activities.component.postgres;

/** Somebody changed the schema while it was captured: a new snapshot may succeed. */
final class SchemaMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMoved(String what, Throwable cause) {
    super(what, cause);
  }
}
