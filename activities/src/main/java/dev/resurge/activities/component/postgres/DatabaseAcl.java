package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may do what with a database, its defaults written out (as {@code aclexplode(coalesce(datacl,
 * acldefault('d', datdba)))} gives them).
 */
record DatabaseAcl(List<Grant> grants) {
  /** The grantee that stands for everybody; no role's name is empty. */
  static final String PUBLIC = "";

  /** In an order that does not depend on when what was granted, except who could grant it first. */
  DatabaseAcl {
    grants =
        grants.stream()
            .sorted(
                Comparator.comparing(Grant::grantee)
                    .thenComparing(Grant::grantor)
                    .thenComparing(Grant::privilege))
            .toList();
  }

  /**
   * One privilege of one grantee.
   *
   * @param grantee a role, or {@link #PUBLIC}
   * @param privilege {@code CONNECT}, {@code CREATE} or {@code TEMPORARY}
   */
  record Grant(String grantee, String grantor, String privilege, boolean grantable) {}

  /** All who are granted anything. */
  Set<String> grantees() {
    var all = new LinkedHashSet<String>();
    grants.forEach(g -> all.add(g.grantee()));
    return all;
  }

  /**
   * The statements that make this the whole of what is granted on a database.
   *
   * @param database quoted
   * @param present who holds privileges on it now
   */
  List<String> replacing(String database, String owner, Set<String> present) {
    var revoked = new LinkedHashSet<String>();
    revoked.add(PUBLIC);
    revoked.add(owner);
    revoked.addAll(present);
    var statements = new ArrayList<String>();
    for (var grantee : revoked) {
      statements.add("REVOKE ALL ON DATABASE " + database + " FROM " + role(grantee) + " CASCADE");
    }
    grants.stream()
        .filter(g -> g.grantor().equals(owner))
        .forEach(g -> statements.add(grant(database, g)));
    delegated(owner).forEach(g -> statements.addAll(onBehalf(database, g)));
    return List.copyOf(statements);
  }

  /** What others than the owner granted, each after what allows its grantor to. */
  private List<Grant> delegated(String owner) {
    var able = new LinkedHashSet<String>();
    grants.stream()
        .filter(g -> g.grantor().equals(owner) && g.grantable())
        .forEach(g -> able.add(g.grantee() + "\n" + g.privilege()));
    var left = new ArrayList<>(grants.stream().filter(g -> !g.grantor().equals(owner)).toList());
    var ordered = new ArrayList<Grant>();
    boolean moved = true;
    while (moved) {
      moved = false;
      for (var grant : List.copyOf(left)) {
        if (able.contains(grant.grantor() + "\n" + grant.privilege())) {
          left.remove(grant);
          ordered.add(grant);
          if (grant.grantable()) {
            able.add(grant.grantee() + "\n" + grant.privilege());
          }
          moved = true;
        }
      }
    }
    ordered.addAll(left);
    return ordered;
  }

  private static List<String> onBehalf(String database, Grant grant) {
    return List.of("SET ROLE " + role(grant.grantor()), grant(database, grant), "RESET ROLE");
  }

  private static String grant(String database, Grant grant) {
    return "GRANT "
        + grant.privilege()
        + " ON DATABASE "
        + database
        + " TO "
        + role(grant.grantee())
        + (grant.grantable() ? " WITH GRANT OPTION" : "");
  }

  /** A grantee as SQL takes it. */
  static String role(String name) {
    return name.equals(PUBLIC) ? "PUBLIC" : Quoting.identifier(name);
  }
}
