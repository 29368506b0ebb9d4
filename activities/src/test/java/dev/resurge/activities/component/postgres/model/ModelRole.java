package dev.resurge.activities.component.postgres.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role.
 *
 * @param attributes the words of {@code CREATE ROLE} that are not the default, such as {@code
 *     SUPERUSER}
 * @param memberOf names of roles
 */
record ModelRole(String name, Set<String> attributes, int connectionLimit, Set<String> memberOf) {
  private static final List<String> WORDS =
      List.of(
          "SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS");

  ModelRole {
    attributes = Set.copyOf(attributes);
    memberOf = Set.copyOf(memberOf);
  }

  /** As {@code CREATE ROLE name words…} makes it. */
  static ModelRole of(String name, String options) {
    var attributes = new TreeSet<>(Set.of("INHERIT"));
    int limit = -1;
    var words = List.of(options.strip().split("\\s+", -1));
    for (var word : words) {
      if (WORDS.contains(word)) {
        attributes.add(word);
      } else if (word.startsWith("NO") && WORDS.contains(word.substring(2))) {
        attributes.remove(word.substring(2));
      } else if (word.matches("-?\\d+")) {
        limit = Integer.parseInt(word);
      } else if (!Set.of("", "CONNECTION", "LIMIT").contains(word)) {
        throw new IllegalArgumentException("the model knows no role option " + word);
      }
    }
    return new ModelRole(name, attributes, limit, Set.of());
  }

  ModelRole memberOf(String group) {
    var more = new TreeSet<>(memberOf);
    more.add(group);
    return new ModelRole(name, attributes, connectionLimit, more);
  }

  boolean is(String attribute) {
    return attributes.contains(attribute);
  }

  /** The statement that creates it, as the driver reads it. */
  String definition() {
    var text = new StringBuilder("CREATE ROLE ").append(SqlText.identifierIfNeeded(name));
    WORDS.forEach(word -> text.append(' ').append(is(word) ? word : "NO" + word));
    return text.append(" CONNECTION LIMIT ").append(connectionLimit).toString();
  }
}
