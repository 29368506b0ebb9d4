package dev.resurge.starter.command;

import dev.resurge.activities.installation.KeyCheck;
import dev.resurge.starter.World;
import dev.resurge.workflows.model.ErrorType;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** {@code ./resurge keys check}. */
@Command(
    name = "check",
    description = "Sign and verify, encrypt to every recipient and decrypt with every identity.")
final class KeysCheckCommand extends BaseCommand {
  KeysCheckCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var recipients = new TreeSet<String>();
    var runbooks = world().runbooks();
    runbooks
        .systems()
        .forEach(system ->
            runbooks
                .ifReadable(system)
                .ifPresent(r -> recipients.addAll(r.spec().encryption().recipients())));
    var results = new KeyCheck(world().installation()).check(List.copyOf(recipients));
    var failed = results.stream().anyMatch(r -> r.outcome() == KeyCheck.Outcome.FAIL);
    return new Answer(
        failed ? ErrorType.KEY_WRONG.exitCode() : 0,
        results.stream().map(KeysCheckCommand::line).toList(),
        Answer.fields("ok", !failed, "results", results));
  }

  private static String line(KeyCheck.Result result) {
    var mark =
        switch (result.outcome()) {
          case PASS -> "ok   ";
          case ADVICE -> "warn ";
          case FAIL -> "fail ";
        };
    return mark + result.subject() + ": " + result.detail();
  }
}
