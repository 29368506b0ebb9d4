package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./resurge keys new}. */
@Command(
    name = "new",
    description = "Make the installation's signing key and its first age identity.")
final class KeysNewCommand extends BaseCommand {
  @Mixin private KeysFolder folder;

  KeysNewCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var made = folder.maker(world()).newInstallation();
    return Answer.ok(
        List.of(
            "✓ signing key " + made.keyId(),
            "    private  " + made.signing(),
            "    public   " + made.signingPublic() + "  (give it to whoever verifies reports)",
            "✓ age identity, which opens backups",
            "    private  " + made.identity(),
            "    public   " + made.recipient() + "  (goes into runbooks: encryption.recipients)",
            "",
            "Copy the identity to a second place: without it no backup can be opened.",
            "Add a second recipient whose identity is kept offline: age-keygen -o offline.age"),
        Answer.fields(
            "keyId", made.keyId(),
            "signing", made.signing().toString(),
            "signingPublic", made.signingPublic().toString(),
            "identity", made.identity().toString(),
            "recipient", made.recipient()));
  }
}
