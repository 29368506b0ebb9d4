package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableChoiceTest {
  private final TableChoice choice =
      new TableChoice(
          List.of(
              table("public", "author", false),
              table("public", "book", false),
              table("public", "Author", false),
              table("public", "Only Upper", false),
              table("public", "Shelf", false),
              table("public", "a.b", false),
              table("audit", "book", false),
              table("Odd.Schema", "a\"b", false),
              table("public", "spatial_ref_sys", true)));

  @Test
  void aNameIsReadAsSqlReadsIt() {
    assertThat(chosen("author")).containsExactly("public.author");
    assertThat(chosen("AUTHOR")).containsExactly("public.author");
    assertThat(chosen("\"Author\"")).containsExactly("public.\"Author\"");
    assertThat(chosen("Public.Author")).containsExactly("public.author");
    assertThat(chosen("public.\"Author\"")).containsExactly("public.\"Author\"");
  }

  @Test
  void whatSqlWouldNotFindMayBeMeantAsItIsWritten() {
    assertThat(chosen("Shelf")).containsExactly("public.\"Shelf\"");
    assertThat(chosen("Only Upper")).containsExactly("public.\"Only Upper\"");
  }

  @Test
  void quotesHoldDotsAndQuotes() {
    assertThat(chosen("\"a.b\"")).containsExactly("public.\"a.b\"");
    assertThat(chosen("\"Odd.Schema\".\"a\"\"b\"")).containsExactly("\"Odd.Schema\".\"a\"\"b\"");
  }

  @Test
  void eachIsChosenOnceInTheOrderOfTheNames() {
    assertThat(chosen("audit.book", "author", "public.author", "public.book"))
        .containsExactly("audit.book", "public.author", "public.book");
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    assertRefused("'auhtor'; did you mean public.author?", "auhtor");
    assertRefused("did you mean public.author?", "publik.author");
    assertRefused("did you mean public.\"a.b\"?", "a.b");
    assertRefused("it holds public.author, public.book", "completely_else");
  }

  @Test
  void aNameOfSeveralTablesMustNameItsSchema() {
    assertRefused("may be public.book or audit.book", "book");
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (var no : List.of("", ".", "a.", ".a", "\"", "\"a", "a.b.c", "\"a\"b", "a\"b", "\"\"")) {
      assertRefused("'" + no + "' is no name of a table", no);
    }
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThatThrownBy(() -> chosen("auhtor", "bok", "author"))
        .hasMessageContaining("'auhtor'")
        .hasMessageContaining("'bok'");
  }

  @Test
  void anExtensionsOwnTableIsNotChosenFrom() {
    assertRefused("the set holds no table 'spatial_ref_sys'", "spatial_ref_sys");
  }

  private List<String> chosen(String... names) {
    return choice.choose(List.of(names)).stream()
        .map(t -> Quoting.displayed(t.schema(), t.name()))
        .toList();
  }

  private void assertRefused(String words, String name) {
    assertThatThrownBy(() -> chosen(name))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID));
  }

  private static Table table(String schema, String name, boolean ofExtension) {
    return new Table(1, schema, name, false, ofExtension, 0, 0);
  }
}
