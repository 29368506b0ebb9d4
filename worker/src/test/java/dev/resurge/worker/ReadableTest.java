package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker needs is asked for before anything starts. */
class ReadableTest {
  @TempDir Path folder;

  private Installation installation(Map<String, String> environment) {
    return new InstallationLoader(environment, folder, folder, folder, () -> "here")
        .load(Optional.empty());
  }

  private void failsWith(ErrorType type, Map<String, String> environment, String told) {
    assertThatThrownBy(() -> Main.requireReadable(installation(environment), environment))
        .isInstanceOfSatisfying(ResurgeException.class, e -> assertThat(e.type()).isEqualTo(type))
        .hasMessageContaining(told);
  }

  @Test
  void aMissingKeyIsNamedAndSoIsTheCommandThatMakesIt() {
    failsWith(ErrorType.CONFIGURATION_INVALID, Map.of(), "./resurge keys new");
  }

  @Test
  void aCodecKeyThatIsNoneAndACertificateThatIsMissingAreNamed() {
    new KeyMaker(installation(Map.of()).state().resolve("keys"), InstantSource.system())
        .newInstallation();

    assertThatCode(() -> Main.requireReadable(installation(Map.of()), Map.of()))
        .doesNotThrowAnyException();
    failsWith(
        ErrorType.KEY_WRONG, Map.of("RESURGE_TEMPORAL_CODEC_KEY", "x"), "temporal.codecKey in");
    failsWith(
        ErrorType.CONFIGURATION_INVALID,
        Map.of("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "missing.pem"),
        "missing.pem");
  }
}
