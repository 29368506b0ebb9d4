package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Where the worker finds a secret; never the secret itself. Exactly one of the two is given. */
@ExactlyOneOf(
    value = {"env", "file"},
    otherwise = "write {env: NAME} or {file: PATH}; a secret in clear is never accepted")
public record SecretRef(
    @Written(Form.ENVIRONMENT) @JsonPropertyDescription("An environment variable of the worker.")
        Optional<String> env,
    @Written(Form.SECRET_FILE)
        @JsonPropertyDescription(
            "A file that the worker can read; a trailing newline is not part of it.")
        Optional<String> file) {
  public SecretRef {
    env = Runbook.orEmpty(env);
    file = Runbook.orEmpty(file);
  }

  /** For messages and manifests: {@code environment variable X} or {@code file /etc/x}. */
  public String describe() {
    return env.map(e -> "environment variable " + e).orElseGet(() -> "file " + file.orElse("?"));
  }
}
