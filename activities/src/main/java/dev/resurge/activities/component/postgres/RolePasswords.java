package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Component.Login;
import dev.resurge.workflows.runbook.SecretRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.postgresql.util.PasswordUtil;

/**
 * The passwords of roles that have to be made, from where the runbook says. The server gets what it
 * would compute of them itself (a SCRAM verifier), so that none is ever in its logs.
 */
final class RolePasswords {
  private final Component.Postgres component;
  private final Function<SecretRef, String> secrets;

  /**
   * @param secrets gives a secret's value, or throws {@code SecretMissing}
   */
  RolePasswords(Component.Postgres component, Function<SecretRef, String> secrets) {
    this.component = component;
    this.secrets = secrets;
  }

  /**
   * The statement that gives a role its password; empty if the runbook names none.
   *
   * @throws ResurgeException {@code SecretMissing}
   */
  Optional<String> statement(String role) {
    return reference(role)
        .map(secrets)
        .map(password -> PasswordUtil.encodeScramSha256(password.toCharArray()))
        .map(verifier ->
            "ALTER ROLE " + Quoting.identifier(role) + " PASSWORD " + Quoting.literal(verifier));
  }

  /** To follow a role's name when it was made. */
  String words(PostgresFacts.Role role) {
    return reference(role.name())
        .map(found -> ", with the password from " + found.describe())
        .orElse(MissingRoles.logsIn(role) ? ", without a password" : "");
  }

  /**
   * Which of the missing roles will be without a password, and which will not even be made.
   *
   * @param present the names of all roles that the server has
   */
  List<Finding> findings(PostgresFacts facts, Set<String> present) {
    return Stream.concat(
            MissingRoles.of(facts, present).stream().flatMap(this::finding),
            unknown(facts, present).map(this::notMade))
        .toList();
  }

  /** A set knows the roles that its contents and grants name, and not who else is their member. */
  private Stream<String> unknown(PostgresFacts facts, Set<String> present) {
    return component.roles().stream()
        .map(Login::name)
        .filter(role -> !present.contains(role))
        .filter(role -> facts.roles().stream().noneMatch(known -> known.name().equals(role)));
  }

  private Finding notMade(String role) {
    return Finding.warning(
        ErrorType.RIGHTS_MISSING,
        component.name(),
        "role '"
            + role
            + "' is not there and will not be made: the set does not know it, for nothing in it"
            + " belongs or is granted to it. If it is needed, create it with what it is a member of");
  }

  private Stream<Finding> finding(PostgresFacts.Role role) {
    var found = reference(role.name());
    if (found.isEmpty()) {
      return MissingRoles.logsIn(role) ? Stream.of(unnamed(role.name())) : Stream.of();
    }
    try {
      var _ = statement(role.name());
      return Stream.of();
    } catch (ResurgeException e) {
      return Stream.of(
          Finding.error(
              e.type(),
              component.name(),
              "role '" + role.name() + "' has to be made with a password: " + e.getMessage()));
    }
  }

  private Finding unnamed(String role) {
    return Finding.warning(
        ErrorType.SECRET_MISSING,
        component.name(),
        "role '"
            + role
            + "' has to be made, and without a password, for the runbook names none. If it logs in"
            + " with one: name it among the component's roles and begin again, or set it afterwards"
            + " in psql with \\password "
            + role);
  }

  private Optional<SecretRef> reference(String role) {
    return component.roles().stream()
        .filter(login -> login.name().equals(role))
        .map(Login::password)
        .findFirst();
  }
}
