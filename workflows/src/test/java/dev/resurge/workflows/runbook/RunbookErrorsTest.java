package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of error with its file, line, column, path and words: the cases of errors.yaml. */
class RunbookErrorsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isFound(Case broken) {
    assertThat(Example.errors(broken.yaml())).isEqualTo(broken.errors());
  }

  /** What an editor underlines while one writes; the rest is found by validate. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isSeenByTheSchemaIfTheCaseSaysSo(Case broken) {
    assertThat(SchemaValidation.errors(broken.yaml()).isEmpty()).isEqualTo(!broken.editor());
  }

  static Stream<Case> cases() {
    var cases = Yaml.resource("errors.yaml", new TypeReference<List<Case>>() {});
    assertThat(cases).hasSizeGreaterThanOrEqualTo(80);
    return cases.stream();
  }

  /**
   * The example with one part replaced.
   *
   * @param it the behaviour as a sentence
   * @param replace a part of the example; without it the whole
   * @param editor whether the JSON schema sees it too
   */
  record Case(
      String it, Optional<String> replace, String with, boolean editor, List<String> errors) {
    String yaml() {
      return replace.map(part -> Example.with(part, with)).orElse(with);
    }

    @Override
    public String toString() {
      return it;
    }
  }
}
