package dev.resurge.starter.command;

import dev.resurge.activities.evidence.ReportVerifier;
import dev.resurge.starter.World;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge report verify FILE}. */
@Command(
    name = "verify",
    description = "Prove that a report is what a trusted installation signed.",
    footer = {"", "Trust comes from the configuration's keys, never from the report."})
final class ReportVerifyCommand extends BaseCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "A .html, .md or .json report; its .json and .sig lie beside it.")
  private Path file;

  ReportVerifyCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var verified = new ReportVerifier(world().trust()).verify(file);
    return Answer.ok(
        List.of(
            "✓ genuine: "
                + verified.run()
                + " of "
                + verified.system()
                + ", verdict "
                + verified.verdict().id(),
            "  signed by " + verified.signer() + ", sha256:" + verified.sha256()),
        Answer.fields("genuine", true, "verified", verified));
  }
}
