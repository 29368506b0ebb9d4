package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where backups go. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = Store.Filesystem.class, name = "filesystem"))
public sealed interface Store {
  /** For messages: {@code filesystem /var/backups}. */
  String describe();

  /** As it is typed: {@code filesystem:/var/backups}; {@link #parse} reads it. */
  String typed();

  /**
   * Reads a store as it is typed: {@code filesystem:/mnt/backups}, {@code file:///mnt/backups} or
   * just the absolute directory.
   *
   * @throws IllegalArgumentException with how it is written
   */
  static Store parse(String text) {
    var path = text.replaceFirst("^(filesystem:|file://)", "");
    return Form.PATH
        .fault(path)
        .<Store>map(fault -> {
          throw new IllegalArgumentException(
              "'" + text + "' is no store; write filesystem:/mnt/backups (" + fault + ")");
        })
        .orElseGet(() -> new Filesystem(path));
  }

  /** A directory of a mounted file system. */
  record Filesystem(
      @JsonProperty(required = true)
          @Written(Form.PATH)
          @JsonPropertyDescription("An absolute directory; other systems may share it.")
          String path)
      implements Store {
    @Override
    public String describe() {
      return "filesystem " + path;
    }

    @Override
    public String typed() {
      return "filesystem:" + path;
    }
  }
}
