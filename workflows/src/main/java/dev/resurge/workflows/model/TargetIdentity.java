package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The identity of the concrete thing that holds a component's data; no rename changes it. Built by
 * the component's driver, such as {@code postgres-7449812231-16401} (system identifier, database
 * OID) or {@code files-3d12…-fe01…-812-1763784464.5} (machine id, file system id, inode, birth).
 * Also a key in the store.
 */
public record TargetIdentity(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[a-z]+-[A-Za-z0-9._-]+");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TargetIdentity {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' is no target identity");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
