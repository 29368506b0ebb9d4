package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/** To whom sets are encrypted. Exactly one of the two is given. */
@ExactlyOneOf(
    value = {"recipients", "unencrypted"},
    otherwise = "write recipients: [age1…], or unencrypted: and the reason why sets lie in clear")
public record Encryption(
    @Written(Form.RECIPIENT)
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
