package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.tar.TarBytes;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveGuardTest {
  private static final byte[] BEFORE =
      new TarBytes()
          .directory("./")
          .symlink("./out", "/etc")
          .directory("./d/")
          .symlink("./d/up", "../..")
          .file("./d/f", "1")
          .cut();

  @Test
  void whatCaptureWritesIsAdmittedWithSymlinksThatPointAnywhere() throws IOException {
    var archive =
        new TarBytes()
            .raw(BEFORE)
            .hardLink("./d/g", "./d/f")
            .hardLink("./again", "./out")
            .file("./..hidden", "")
            .file("./a..", "")
            .file("./outside", "shares only its beginning with a symbolic link")
            .end();

    assertThat(guarded(archive).toByteArray()).isEqualTo(archive);
  }

  static Stream<Arguments> escapes() {
    return Stream.of(
        Arguments.of("absolute", new TarBytes().file("/etc/cron.d/x", "")),
        Arguments.of("absolute through pax", new TarBytes().pax("path=/x").file("./a", "")),
        Arguments.of("empty", new TarBytes().file("", "")),
        Arguments.of("dots first", new TarBytes().file("../x", "")),
        Arguments.of("dots inside", new TarBytes().file("./a/../../x", "")),
        Arguments.of("dots last", new TarBytes().directory("./a/..")),
        Arguments.of("dots alone", new TarBytes().directory("..")),
        Arguments.of("doubled slash", new TarBytes().file("./a//b", "")),
        Arguments.of("dot inside", new TarBytes().file("./a/./b", "")),
        Arguments.of("NUL", new TarBytes().pax("path=./a\0b").file("./a", "")),
        Arguments.of(
            "sparse name",
            new TarBytes()
                .pax(
                    "GNU.sparse.major=1",
                    "GNU.sparse.minor=0",
                    "GNU.sparse.realsize=0",
                    "GNU.sparse.name=../x")
                .entry('0', "./a", "", new byte[512])),
        Arguments.of("hard link out", new TarBytes().hardLink("./h", "../../etc/shadow")),
        Arguments.of("hard link absolute", new TarBytes().hardLink("./h", "/etc/shadow")),
        Arguments.of("hard link through", new TarBytes().hardLink("./h", "./out/shadow")),
        Arguments.of("file through", new TarBytes().file("./out/x", "")),
        Arguments.of("without ./", new TarBytes().file("out/x", "")),
        Arguments.of("directory through", new TarBytes().directory("./out/x/")),
        Arguments.of("symlink through", new TarBytes().symlink("./d/up/x", "y")),
        Arguments.of("deep through", new TarBytes().file("./d/up/a/b/c", "")),
        Arguments.of("directory onto", new TarBytes().directory("./out/")),
        Arguments.of("file onto", new TarBytes().file("./out", "")),
        Arguments.of("root as symlink", new TarBytes().symlink("./", "/etc")),
        Arguments.of(
            "global header", new TarBytes().entry('g', "g", "", new byte[0]).file("a", "")),
        Arguments.of(
            "long name",
            new TarBytes().entry('L', "L", "", TarBytes.latin("./a\0")).file("./b", "")),
        Arguments.of("dump directory", new TarBytes().entry('D', "./x/", "", new byte[0])),
        Arguments.of("two names", new TarBytes().pax("path=./a", "path=./b").file("./c", "")),
        Arguments.of("unknown keyword", new TarBytes().pax("hdrcharset=X").file("./c", "")),
        Arguments.of("file as directory", new TarBytes().file("./c/", "")),
        Arguments.of("old magic", new TarBytes().entry('0', "./c", "", new byte[0], "ustar  \0")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("escapes")
  void whatLeavesTheDirectoryIsRefusedBeforeAnyByteOfItPasses(String what, TarBytes evil) {
    var archive = new TarBytes().raw(BEFORE).raw(evil.cut()).end();
    var passed = new ByteArrayOutputStream();

    assertThatThrownBy(() -> guard(archive, passed))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.ARCHIVE_UNSAFE));
    assertThat(passed.toByteArray()).isEqualTo(BEFORE);
  }

  private static ByteArrayOutputStream guarded(byte[] archive) throws IOException {
    var passed = new ByteArrayOutputStream();
    guard(archive, passed);
    return passed;
  }

  private static void guard(byte[] archive, ByteArrayOutputStream passed) throws IOException {
    new ArchiveScan(done -> {})
        .unpack(new ByteArrayInputStream(archive), passed, new ArchiveGuard());
  }
}
