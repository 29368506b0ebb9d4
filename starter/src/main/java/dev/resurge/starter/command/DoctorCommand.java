package dev.resurge.starter.command;

import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.starter.World;
import dev.resurge.starter.doctor.Diagnosis;
import dev.resurge.starter.doctor.Doctor;
import dev.resurge.starter.doctor.StoreProbe;
import dev.resurge.starter.view.Style;
import dev.resurge.workflows.model.ErrorType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ./resurge doctor}. */
@Command(
    name = "doctor",
    description = "Look at everything a run will need: keys, stores, runbooks, Temporal, worker.",
    footer = {"", "Exits 0 if nothing fails; else with the code of the first failure."})
final class DoctorCommand extends BaseCommand {
  DoctorCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var found = new Doctor(world(), new StoreProbe(ArtifactStores::open)).examine();
    var lines = new ArrayList<String>();
    for (var one : found) {
      lines.add(mark(one.level(), style()) + " " + one.subject() + ": " + one.found());
      one.next().ifPresent(next -> lines.add("       next: " + next));
    }
    var failure = found.stream().filter(d -> d.level() == Diagnosis.Level.fail).findFirst();
    lines.add("");
    lines.add(
        count(found, Diagnosis.Level.ok)
            + " ok, "
            + count(found, Diagnosis.Level.warn)
            + " to look at, "
            + count(found, Diagnosis.Level.fail)
            + " failing");
    return new Answer(
        failure.flatMap(Diagnosis::type).map(ErrorType::exitCode).orElse(0),
        lines,
        Answer.fields("ok", failure.isEmpty(), "diagnoses", found));
  }

  private static long count(List<Diagnosis> found, Diagnosis.Level level) {
    return found.stream().filter(d -> d.level() == level).count();
  }

  private static String mark(Diagnosis.Level level, Style style) {
    return switch (level) {
      case ok -> style.good("ok  ");
      case warn -> style.warn("warn");
      case fail -> style.bad("fail");
    };
  }
}
