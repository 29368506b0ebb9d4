package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./resurge keys person NAME}. */
@Command(name = "person", description = "Make the key by which a person's decisions are proved.")
final class KeysPersonCommand extends BaseCommand {
  @Parameters(paramLabel = "NAME", description = "As runbooks name the person.")
  private String name;

  @Mixin private KeysFolder folder;

  KeysPersonCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var made = folder.maker(world()).newPerson(name);
    return Answer.ok(
        List.of(
            "✓ key of " + made.name(),
            "    private  " + made.privateKey(),
            "    public   " + made.publicKey(),
            "",
            "Give the private file to "
                + made.name()
                + " alone, as ~/.config/resurge/person.pem, and remove it here.",
            "The worker needs the public one: people: {"
                + made.name()
                + ": "
                + made.publicKey()
                + "}"),
        Answer.fields(
            "name", made.name(),
            "privateKey", made.privateKey().toString(),
            "publicKey", made.publicKey().toString()));
  }
}
