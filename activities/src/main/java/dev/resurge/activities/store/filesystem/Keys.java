package dev.resurge.activities.store.filesystem;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;

/** Keeps keys inside the store: relative, plain names, none that is reserved. */
final class Keys {
  private Keys() {}

  /** The key, if it is one. */
  static String checked(String key) {
    if (key.isEmpty()) {
      throw refused(key, "it is empty");
    }
    for (var part : key.split("/", -1)) {
      if (part.isEmpty()) {
        throw refused(key, "it begins or ends with / or has two in a row");
      }
      if (part.equals(".") || part.equals("..")) {
        throw refused(key, "it leaves its folder with " + part);
      }
      if (part.startsWith(DurableFiles.TEMPORARY)) {
        throw refused(key, DurableFiles.TEMPORARY + " is reserved for files being written");
      }
      if (part.indexOf('\0') >= 0) {
        throw refused(key.replace('\0', '?'), "it contains a NUL character");
      }
    }
    return key;
  }

  /** The prefix without its ending slash, if it is one. */
  static String checkedPrefix(String prefix) {
    if (!prefix.endsWith("/")) {
      throw refused(prefix, "a prefix ends with /");
    }
    return checked(prefix.substring(0, prefix.length() - 1));
  }

  private static ResurgeException refused(String key, String why) {
    return new ResurgeException(
        ErrorType.INPUT_INVALID, "'" + key + "' is no key of a store: " + why);
  }
}
