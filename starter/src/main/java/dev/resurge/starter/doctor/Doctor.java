package dev.resurge.starter.doctor;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.KeyCheck;
import dev.resurge.starter.World;
import dev.resurge.starter.archive.Runbooks;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Problem;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import dev.resurge.workflows.runbook.RunbookReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at everything a run will need. One thing that is broken hides no other. */
public final class Doctor {
  private final World world;
  private final StoreProbe stores;

  public Doctor(World world, StoreProbe stores) {
    this.world = world;
    this.stores = stores;
  }

  /** All that was looked at, in the order in which it is best mended. */
  public List<Diagnosis> examine() {
    var found = new ArrayList<Diagnosis>();
    Installation installation;
    try {
      installation = world.installation();
    } catch (ResurgeException e) {
      return List.of(Diagnosis.fail("configuration", e));
    }
    found.add(
        Diagnosis.ok(
            "configuration",
            installation.file().map(Object::toString).orElse("none; all defaults")
                + ", installation "
                + installation.id()));
    var runbooks = runbooks(found);
    keys(installation, runbooks, found);
    var recipients = recipients(runbooks);
    runbooks.forEach(runbook -> encryption(runbook, recipients.size(), found));
    runbooks.forEach(runbook -> found.add(stores.probe(runbook)));
    temporal(installation, found);
    return List.copyOf(found);
  }

  private List<Runbook> runbooks(List<Diagnosis> found) {
    var runbooks = world.runbooks();
    var valid = new ArrayList<Runbook>();
    if (runbooks.files().isEmpty()) {
      found.add(
          Diagnosis.warn(
              "runbooks",
              "none in " + runbooks.folder(),
              "Write one; runbooks/library.yaml of the sources is an example."));
    }
    for (var file : runbooks.files()) {
      var subject = "runbook " + file.getFileName();
      try {
        switch (RunbookParser.parse(file.toString(), Runbooks.text(file))) {
          case RunbookReading.Valid(var runbook) -> {
            valid.add(runbook);
            found.add(Diagnosis.ok(subject, "valid"));
          }
          case RunbookReading.Invalid(var problems) ->
              found.add(Diagnosis.fail(subject, ErrorType.RUNBOOK_INVALID, first(problems)));
        }
      } catch (ResurgeException e) {
        found.add(Diagnosis.fail(subject, e));
      }
    }
    return valid;
  }

  private static String first(List<Problem> problems) {
    return problems.getFirst().text()
        + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)");
  }

  private static void keys(
      Installation installation, List<Runbook> runbooks, List<Diagnosis> found) {
    for (var result : new KeyCheck(installation).check(List.copyOf(recipients(runbooks)))) {
      found.add(
          switch (result.outcome()) {
            case PASS -> Diagnosis.ok(result.subject(), result.detail());
            case ADVICE ->
                Diagnosis.warn(result.subject(), result.detail(), "./resurge keys check");
            case FAIL ->
                new Diagnosis(
                    Diagnosis.Level.fail,
                    result.subject(),
                    result.detail(),
                    Optional.of("./resurge keys new makes keys; else correct keys.* as it says."),
                    Optional.of(ErrorType.KEY_WRONG));
          });
    }
  }

  private static Set<String> recipients(List<Runbook> runbooks) {
    var recipients = new TreeSet<String>();
    runbooks.forEach(r -> recipients.addAll(r.spec().encryption().recipients()));
    return recipients;
  }

  /** That there is only one recipient at all is said with the keys. */
  private static void encryption(Runbook runbook, int recipientsOfAll, List<Diagnosis> found) {
    var subject = "encryption of " + runbook.system();
    var encryption = runbook.spec().encryption();
    var recipients = encryption.recipients().size();
    if (encryption.unencrypted().isPresent()) {
      found.add(
          Diagnosis.warn(
              subject,
              "sets lie in clear: " + encryption.unencrypted().get(),
              "Name recipients unless that is still right."));
    } else if (recipients < 2 && recipientsOfAll > 1) {
      found.add(
          Diagnosis.warn(
              subject,
              "one recipient: if its identity is lost, no set opens",
              "Add a second recipient whose identity is kept offline."));
    } else {
      found.add(
          Diagnosis.ok(subject, recipients == 1 ? "one recipient" : recipients + " recipients"));
    }
  }

  private void temporal(Installation installation, List<Diagnosis> found) {
    var temporal = installation.temporal();
    try (var runs = world.runs()) {
      found.add(
          Diagnosis.ok("Temporal", temporal.address() + ", namespace " + temporal.namespace()));
      var subject = "worker";
      found.add(
          runs.workerPolling()
              ? Diagnosis.ok(subject, "one polls the task queue " + temporal.taskQueue())
              : Diagnosis.fail(
                  subject,
                  ErrorType.WORKER_MISSING,
                  "none polls the task queue " + temporal.taskQueue()));
    } catch (ResurgeException e) {
      found.add(Diagnosis.fail("Temporal", e));
    }
  }
}
