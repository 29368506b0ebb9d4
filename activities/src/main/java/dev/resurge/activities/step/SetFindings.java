package dev.resurge.activities.step;

import dev.resurge.activities.installation.AgeIdentities;
import dev.resurge.activities.store.StoredManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What speaks against a set, as far as it can be told without reading its artifacts. */
final class SetFindings {
  private final Workbench bench;

  SetFindings(Workbench bench) {
    this.bench = bench;
  }

  List<Finding> of(StoredManifest stored) {
    var manifest = stored.manifest();
    var subject = "set " + manifest.set();
    var findings = new ArrayList<Finding>();
    stored
        .badReason()
        .ifPresent(why ->
            findings.add(
                Finding.warning(ErrorType.SET_CORRUPT, subject, "was marked bad: " + why)));
    new SetInventory(bench.store())
        .problems(manifest)
        .forEach(problem -> findings.add(Finding.error(ErrorType.SET_CORRUPT, subject, problem)));
    wrongKey(manifest)
        .ifPresent(why -> findings.add(Finding.error(ErrorType.KEY_WRONG, subject, why)));
    return findings;
  }

  private Optional<String> wrongKey(Manifest manifest) {
    if (manifest.recipients().isEmpty()) {
      return Optional.empty();
    }
    var identities = AgeIdentities.read(bench.site().installation().keys().identities());
    if (!Collections.disjoint(identities.recipients(), manifest.recipients())) {
      return Optional.empty();
    }
    var have =
        identities.recipients().isEmpty()
            ? "there is no identity in keys.identities"
            : "the identities in keys.identities are of "
                + String.join(", ", identities.recipients());
    var problems =
        identities.problems().isEmpty()
            ? ""
            : " (" + String.join("; ", identities.problems()) + ")";
    return Optional.of(
        "it is encrypted to " + String.join(", ", manifest.recipients()) + "; " + have + problems);
  }
}
