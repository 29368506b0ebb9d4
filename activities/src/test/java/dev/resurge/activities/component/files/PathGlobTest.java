package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
  /** Paths as listings write them. */
  @ParameterizedTest(name = "{0} means {1}: {2}")
  @CsvSource({
    "*.pdf, a.pdf, true",
    "*.pdf, .pdf, true",
    "*.pdf, d/a.pdf, false",
    "*.pdf, a.pdf.bak, false",
    "**/*.pdf, a.pdf, true",
    "**/*.pdf, d/e/a.pdf, true",
    "**/*.pdf, d/e/a.txt, false",
    "2024, 2024, true",
    "2024, 2024/01/a, true",
    "2024/, 2024/01/a, true",
    "./2024, 2024/01/a, true",
    "2024, 20245, false",
    "2024, x/2024, false",
    "2024/**, 2024, false",
    "2024/**, 2024/a, true",
    "2024/**, 2024/01/a, true",
    "2024/*, 2024/01/a, true",
    "2024/*, 2024, false",
    "**, a, true",
    "**/**, a, true",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b/c, true",
    "a/**/b, a/x/y/c, false",
    "a**b, axxb, true",
    "a**b, ax/b, false",
    "*a*b*c*, xxaxxbxxcxx, true",
    "*a*b*c*, xxaxxcxxbxx, false",
    "?, x, true",
    "?, %C3%A4, true",
    "?, %FF, true",
    "?, %C3%A4%C3%A4, false",
    "ä*, %C3%A4b, true",
    "%C3%A4?, %C3%A4b, true",
    "a%FFb, a%FFb, true",
    "a?b, a%FFb, true",
    "%41, A, true",
    "%4, %254, true",
    "100%25ab, 100%25ab, true",
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[!a-c]x, dx, true",
    "[!a-c]x, ax, false",
    "[]x]y, %5Dy, true",
    "[a-]b, -b, true",
    "[ä]b, %C3%A4b, true",
    "\\*, %2A, true",
    "\\*, a, false",
    "\\[a], %5Ba%5D, true",
    "**, ., false",
    "*, ., false",
    ".*, ., false",
  })
  void meansThesePaths(String glob, String path, boolean expected) {
    assertThat(new PathChoice(List.of(glob)).contains(RawName.decode(path))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", "/", "/etc", "..", "a/../b", "a//b", ".", "a/./b", "[a", "./"})
  void whatNamesNoPathBelowIsRefused(String glob) {
    assertThatThrownBy(() -> PathGlob.of(glob))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
        .hasMessageContaining("'" + glob + "'");
  }

  @Test
  void whatIsShownOfAPathIsAGlobOfIt() {
    for (var encoded :
        List.of("a/b", "%C3%A4%20b", "%FF", "x%2A", "%5Ba%5D", "a%0Ab", "%2541", "%5C")) {
      var path = RawName.decode(encoded);

      assertThat(PathGlob.of(Symbols.readable(path)).matches(Symbols.of(path))).isTrue();
    }
    assertThat(Symbols.readable(RawName.decode("%C3%A4%20b"))).isEqualTo("ä b");
  }

  @Test
  void manyStarsTakeNoEternity() {
    var path = RawName.of("a/".repeat(1000) + "a".repeat(200));

    assertThat(PathGlob.of("**/*a*".repeat(20) + "/**/*a*a*a*b").matches(Symbols.of(path)))
        .isFalse();
  }
}
