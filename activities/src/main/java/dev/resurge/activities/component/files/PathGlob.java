package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which paths of a directory are meant, relative to it, such as {@code 2024/**} or {@code *.pdf}:
 *
 * <ul>
 *   <li>{@code *} is any part of one name, {@code ?} one character, {@code [a-z]} and {@code
 *       [!a-z]} one of these or none of these; names that begin with a dot are no exception
 *   <li>{@code **} between slashes is any number of folders, also none; at the end it is all that
 *       is in the folder
 *   <li>a folder that is meant comes with all that is in it: {@code 2024} brings all of 2024
 *   <li>{@code \\} takes the meaning from the character that follows
 *   <li>{@code %XX}, two hex digits, is that byte, as listings write names that are no text; {@code
 *       %25} is a percent sign before two hex digits
 * </ul>
 */
final class PathGlob {
  private static final Pattern WILDCARDS = Pattern.compile("\\[[^]]*]|[*?\\\\]");
  private static final String ANY_FOLDERS = "**";
  private final String text;
  private final List<NamePattern> names;

  private PathGlob(String text, List<NamePattern> names) {
    this.text = text;
    this.names = names;
  }

  /**
   * @throws ResurgeException {@code InputInvalid} if it names no path below the directory
   */
  static PathGlob of(String text) {
    var below = text.startsWith("./") ? text.substring(2) : text;
    while (below.endsWith("/")) {
      below = below.substring(0, below.length() - 1);
    }
    if (text.startsWith("/")) {
      throw invalid(text, "is absolute; paths are relative to the component's directory");
    }
    var parts = List.of(below.split("/", -1));
    for (var part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw invalid(text, "has an empty part, '.' or '..' in it");
      }
    }
    try {
      return new PathGlob(
          text,
          parts.stream()
              .map(part -> part.equals(ANY_FOLDERS) ? NamePattern.FOLDERS : NamePattern.of(part))
              .toList());
    } catch (IllegalArgumentException e) {
      throw invalid(text, e.getMessage());
    }
  }

  private static ResurgeException invalid(String text, String why) {
    return new ResurgeException(ErrorType.INPUT_INVALID, "the path '" + text + "' " + why);
  }

  /** As it was written. */
  String text() {
    return text;
  }

  /** What stands in it besides wildcards; for what is near it. */
  String literal() {
    return WILDCARDS.matcher(text).replaceAll("");
  }

  /** Whether the path of these names, or a folder in which it lies, is meant. */
  boolean matches(List<int[]> path) {
    var reached = new BitSet(names.size() + 1);
    reached.set(0);
    for (var name : path) {
      reached = step(reached, name);
      if (reached.get(names.size())) {
        return true;
      }
    }
    return false;
  }

  /** From the patterns that may come next to those that may come after {@code name}. */
  private BitSet step(BitSet reached, int[] name) {
    var next = new BitSet(names.size() + 1);
    var open = (BitSet) reached.clone();
    for (int i = open.nextSetBit(0); i >= 0 && i < names.size(); i = open.nextSetBit(i + 1)) {
      boolean last = i == names.size() - 1;
      if (names.get(i) == NamePattern.FOLDERS) {
        next.set(last ? i + 1 : i);
        if (!last) {
          open.set(i + 1); // it may stand for no folder at all
        }
      } else if (names.get(i).matches(name)) {
        next.set(i + 1);
      }
    }
    return next;
  }
}
