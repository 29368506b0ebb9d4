package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/** To whom sets are encrypted. Exactly one of the two is given. */
public record Encryption(
    @JsonPropertyDescription(
            "age recipients (age1…), two or more advised, one of them kept offline.")
        List<String> recipients,
    @JsonPropertyDescription("Why sets lie in clear. Saying it is what allows it.")
        Optional<String> unencrypted) {
  public Encryption {
    recipients = Runbook.copy(recipients);
    unencrypted = Runbook.orEmpty(unencrypted);
  }
}
