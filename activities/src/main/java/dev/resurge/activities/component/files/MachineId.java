package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Which machine this is: 16 hex digits made from {@code /etc/machine-id}. The id itself is not
 * shown, as machine-id(5) asks: it is hashed together with our name.
 */
public final class MachineId implements Supplier<String> {
  private static final String REMEDY =
      "systemd-machine-id-setup or dbus-uuidgen --ensure makes one";

  private final Path file;

  public MachineId() {
    this(Path.of("/etc/machine-id"));
  }

  MachineId(Path file) {
    this.file = file;
  }

  /**
   * @throws ResurgeException {@code ConfigurationInvalid} if the machine has no id
   */
  @Override
  public String get() {
    try {
      var id = Files.readString(file).strip();
      if (!id.matches("[0-9a-f]{32}")) {
        throw new ResurgeException(
            ErrorType.CONFIGURATION_INVALID,
            "cannot tell which machine this is: " + file + " holds no machine id; " + REMEDY);
      }
      return Json.sha256(id + "resurge").substring(0, 16);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "cannot tell which machine this is: cannot read " + file + " (" + e + "); " + REMEDY,
          e);
    }
  }
}
