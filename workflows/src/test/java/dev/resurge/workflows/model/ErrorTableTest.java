package dev.resurge.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
  @Test
  void theErrorPageIsTheOneMadeFromTheCode() throws IOException {
    var page = Path.of("..", "docs", "errors.md");

    assertThat(page)
        .as("docs/errors.md is made from ErrorType; make it again with: %s", ErrorTable.COMMAND)
        .isRegularFile();
    assertThat(Files.readString(page))
        .as("docs/errors.md is made from ErrorType; make it again with: %s", ErrorTable.COMMAND)
        .isEqualTo(ErrorTable.markdown());
  }

  @Test
  void everyTypeHasOneRowWithSixCells() {
    var rows = ErrorTable.markdown().lines().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows).hasSameSizeAs(ErrorType.values());
    assertThat(rows).allSatisfy(row -> assertThat(row.split(" \\| ", -1)).hasSize(6));
  }
}
