package dev.resurge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.scenery.LibraryClient;
import dev.resurge.scenery.SceneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  @Test
  void readsTheClocks() throws Exception {
    var proof = read("null", "\"2026-11-21T03:16:02.500Z\"");

    assertThat(proof.outcome()).isEqualTo("pass");
    assertThat(proof.downtime()).contains(Duration.ofMillis(2_500));
    assertThat(proof.requestedToHealthy()).contains(Duration.ofMillis(62_500));
    assertThat(proof.recoveryPoint()).contains(Duration.ofMinutes(15));
  }

  @Test
  void measuresTheRecoveryPointFromTheDeclaredOutage() throws Exception {
    var proof = read("\"2026-11-21T03:10:00Z\"", "null");

    assertThat(proof.recoveryPoint()).contains(Duration.ofMinutes(10));
  }

  @Test
  void guessesNothingThatWasNotMeasured() throws Exception {
    var proof = read("null", "null");

    assertThat(proof.downtime()).isEmpty();
    assertThat(proof.requestedToHealthy()).isEmpty();
    var counts = new LibraryClient.Counts(1, 2, 3);
    assertThat(new Result(proof, counts, counts, false, "r").json())
        .contains("\"downtimeSeconds\":null");
  }

  @Test
  void isGoodOnlyIfTheVerdictAndEveryCountAre() throws Exception {
    var proof = read("null", "null");
    var counts = new LibraryClient.Counts(1, 2, 3);

    assertThat(new Result(proof, counts, counts, false, "r").good()).isTrue();
    assertThat(new Result(proof, counts, new LibraryClient.Counts(1, 2, 2), false, "r").good())
        .isFalse();
    assertThat(new Result(proof, counts, new LibraryClient.Counts(1, 1, 3), false, "r").good())
        .isFalse();
    var failed =
        new Proof("run", "fail-objective", proof.downtime(), proof.downtime(), proof.downtime());
    assertThat(new Result(failed, counts, counts, false, "r").good()).isFalse();
  }

  @Test
  void takesTheNewestRestoreAndNoOtherProcedure(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> Proof.newestIn(folder)).isInstanceOf(SceneException.class);
    for (var run :
        new String[] {
          "20261121T010000Z-restore-aaaa",
          "20261121T020000Z-restore-bbbb",
          "20261121T030000Z-backup-cccc"
        }) {
      Files.writeString(folder.resolve(run + ".json"), "{\"run\": \"" + run + "\"}");
    }

    assertThat(Proof.newestIn(folder).run()).isEqualTo("20261121T020000Z-restore-bbbb");
  }

  private static Proof read(String declared, String healthy) throws Exception {
    var evidence =
        """
        {"run": "20261121T031500Z-restore-7f2c", "verdict": "pass",
         "set": {"recoveryPoint": "2026-11-21T03:00:00Z"},
         "clocks": {"declared": %s, "requested": "2026-11-21T03:15:00Z",
           "quiesced": "2026-11-21T03:16:00Z", "healthy": %s}}
        """
            .formatted(declared, healthy);
    return Proof.read(new ObjectMapper().readTree(evidence));
  }
}
