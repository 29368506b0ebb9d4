package dev.resurge.activities.component.postgres.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may do what with a database, and who granted it. */
public record Grants(List<Grant> all) {
  /** The grantee that stands for everybody. */
  static final String PUBLIC = "";

  private static final List<String> PRIVILEGES = List.of("CREATE", "TEMPORARY", "CONNECT");

  public Grants {
    all = List.copyOf(all);
  }

  /** One privilege of one grantee. */
  public record Grant(String grantee, String grantor, String privilege, boolean grantable) {}

  static Grants byDefault(String owner) {
    var all = new ArrayList<Grant>();
    all.add(new Grant(PUBLIC, owner, "TEMPORARY", false));
    all.add(new Grant(PUBLIC, owner, "CONNECT", false));
    PRIVILEGES.forEach(p -> all.add(new Grant(owner, owner, p, false)));
    return new Grants(all);
  }

  /** Whether any of these, or everybody, may connect. */
  boolean letsIn(Set<String> roles) {
    return all.stream()
        .anyMatch(g ->
            g.privilege().equals("CONNECT")
                && (g.grantee().equals(PUBLIC) || roles.contains(g.grantee())));
  }

  Grants grant(Grant grant) {
    var more = new ArrayList<>(all);
    boolean grantable =
        grant.grantable() || all.stream().anyMatch(g -> isSame(g, grant) && g.grantable());
    more.removeIf(g -> isSame(g, grant));
    more.add(new Grant(grant.grantee(), grant.grantor(), grant.privilege(), grantable));
    return new Grants(more);
  }

  private static boolean isSame(Grant one, Grant other) {
    return one.grantee().equals(other.grantee())
        && one.grantor().equals(other.grantor())
        && one.privilege().equals(other.privilege());
  }

  /**
   * Takes away what the owner granted, with all that was granted on the strength of it.
   *
   * @param privilege or {@code ALL}
   */
  Grants revoke(String privilege, String grantee, String owner) {
    var left = new ArrayList<>(all);
    left.removeIf(g ->
        g.grantee().equals(grantee)
            && g.grantor().equals(owner)
            && (privilege.equals("ALL") || g.privilege().equals(privilege)));
    while (left.removeIf(g -> !g.grantor().equals(owner) && !mayGrant(left, g))) {
      // who lost the right to grant takes others along
    }
    return new Grants(left);
  }

  private static boolean mayGrant(List<Grant> left, Grant grant) {
    return left.stream()
        .anyMatch(g ->
            g.grantable()
                && g.grantee().equals(grant.grantor())
                && g.privilege().equals(grant.privilege()));
  }

  Grants ownedBy(String old, String other) {
    return new Grants(
        all.stream()
            .map(g ->
                new Grant(
                    g.grantee().equals(old) ? other : g.grantee(),
                    g.grantor().equals(old) ? other : g.grantor(),
                    g.privilege(),
                    g.grantable()))
            .distinct()
            .toList());
  }
}
