package dev.resurge.workflows.runbook;

import java.util.List;

/** A small runbook that tests break in one place. */
final class Example {
  static final String FILE = "shop.yaml";
  static final String RECIPIENT = "age158asu9e68c53r0my6fq5qf9rzthqau0k0de5c4zjz328dcherahqmykxcs";
  static final String COMPONENTS =
      """
        components:
          - type: postgres
            name: orders
            database: shop
            admin: {user: dba, password: {env: DBA}}
          - type: files
            name: uploads
            path: /srv/uploads
      """;
  static final String TEXT =
      """
      apiVersion: resurge.dev/v1
      kind: Runbook
      metadata:
        name: shop
      spec:
        store: {type: filesystem, path: /backups}
        encryption: {unencrypted: the disk is encrypted}
      """
          + COMPONENTS
          + """
            workloads:
              - {type: systemd, name: web, unit: shop.service}
            checks:
              - {type: sql, name: any, component: orders, query: SELECT 1, expect: "= 1"}
          """;

  private Example() {}

  /** The text with one part replaced; the part must be there, so that no test tests nothing. */
  static String with(String part, String replacement) {
    if (!TEXT.contains(part)) {
      throw new IllegalArgumentException("the example does not contain: " + part);
    }
    return TEXT.replace(part, replacement);
  }

  static Runbook valid(String yaml) {
    return switch (RunbookParser.parse(FILE, yaml)) {
      case RunbookReading.Valid(Runbook runbook) -> runbook;
      case RunbookReading.Invalid(List<Problem> problems) ->
          throw new AssertionError("not valid: " + texts(problems));
    };
  }

  static List<String> errors(String yaml) {
    return switch (RunbookParser.parse(FILE, yaml)) {
      case RunbookReading.Valid _ -> List.of();
      case RunbookReading.Invalid(List<Problem> problems) -> texts(problems);
    };
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::text).toList();
  }
}
