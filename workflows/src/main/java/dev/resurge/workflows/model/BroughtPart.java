package dev.resurge.workflows.model;

import java.util.List;

/**
 * Single tables or files that were brought back.
 *
 * @param where the schema or directory that holds them
 * @param what each table or file with its size, at most a few dozen lines
 * @param next what a person may do with them: the statements that would merge tables, or where the
 *     files that were replaced lie
 */
public record BroughtPart(String component, String where, List<String> what, List<String> next) {
  public BroughtPart {
    what = List.copyOf(what);
    next = List.copyOf(next);
  }
}
