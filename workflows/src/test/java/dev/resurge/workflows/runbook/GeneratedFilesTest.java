package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is made from the records is as it lies in the checkout; -Dregenerate writes it anew. */
class GeneratedFilesTest {
  private static final String REGENERATE =
      "made from the records; write it anew with: mvn -q -pl workflows test"
          + " -Dtest=GeneratedFilesTest -Dregenerate";

  @Test
  void theSchemaIsMadeFromTheRecords() throws IOException {
    isGenerated(RunbookFiles.SCHEMA, RunbookSchema.generate());
  }

  @Test
  void theReferenceIsMadeFromTheRecordsAndTheExample() throws IOException {
    isGenerated(RunbookFiles.REFERENCE, RunbookReference.generate(RunbookFiles.library()));
  }

  private static void isGenerated(Path file, String generated) throws IOException {
    if (System.getProperty("regenerate") != null) {
      Files.writeString(file, generated);
    }
    assertThat(RunbookFiles.text(file)).as("%s is %s", file, REGENERATE).isEqualTo(generated);
  }
}
