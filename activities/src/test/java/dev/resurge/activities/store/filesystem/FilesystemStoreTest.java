package dev.resurge.activities.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.activities.spi.ArtifactStore.Entry;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemStoreTest {
  @TempDir Path root;
  private FilesystemStore store;

  @BeforeEach
  void open() {
    store = new FilesystemStore(root);
  }

  @Test
  void whatIsPutIsReadBackListedAndDeleted() throws IOException {
    assertThat(store.put("a/b/two", out -> out.write(bytes("second")))).isEqualTo(6);
    store.put("a/one", out -> out.write(bytes("first")));
    store.put("a/one", out -> out.write(bytes("again")));

    assertThat(read("a/one")).isEqualTo("again");
    assertThat(store.list("a/")).containsExactly(new Entry("a/b/two", 6), new Entry("a/one", 5));
    assertThat(store.list("none/")).isEmpty();
    assertThat(store.folders("")).containsExactly("a");
    assertThat(store.folders("a/")).containsExactly("b");

    store.delete("a/b/two");
    store.delete("a/b/two");

    assertThat(store.exists("a/b/two")).isFalse();
    assertThat(store.folders("a/")).as("the emptied folder goes too").isEmpty();
    assertThatThrownBy(() -> store.open("a/b/two")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> store.open("a")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void filesAndFoldersAreForTheirOwnerOnly() throws IOException {
    store.put("a/b/object", out -> out.write(1));
    store.putIfAbsent("a/b/once", bytes("x"));

    assertThat(mode("a")).isEqualTo("rwx------");
    assertThat(mode("a/b")).isEqualTo("rwx------");
    assertThat(mode("a/b/object")).isEqualTo("rw-------");
    assertThat(mode("a/b/once")).isEqualTo("rw-------");
  }

  @Test
  void aPutThatFailsHalfWayLeavesNothingAndKeepsWhatWasThere() throws IOException {
    store.put("a/object", out -> out.write(bytes("old")));

    assertThatThrownBy(() ->
            store.put(
                "a/object",
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("pipe broke");
                }))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_FAILED))
        .hasMessageContaining("a/object")
        .hasMessageContaining("pipe broke");

    assertThat(read("a/object")).isEqualTo("old");
    assertThat(filesIn("a")).containsExactly("object");
  }

  @Test
  void whileAnObjectIsWrittenNobodySeesIt() throws IOException {
    store.put(
        "a/object",
        out -> {
          out.write(bytes("half"));
          out.flush();
          assertThat(store.exists("a/object")).isFalse();
          assertThat(store.list("a/")).isEmpty();
          out.write(bytes(" whole"));
        });

    assertThat(read("a/object")).isEqualTo("half whole");
  }

  @Test
  void whatADeadWriterLeftIsNotListedAndGoesWithItsFolder() throws IOException {
    store.put("a/b/object", out -> out.write(1));
    Files.write(root.resolve("a/b/.tmp-left"), new byte[100]);
    Files.createDirectory(root.resolve("a/c"));
    Files.write(root.resolve("a/c/.tmp-left"), new byte[100]);

    assertThat(store.list("a/")).containsExactly(new Entry("a/b/object", 1));

    store.deleteAll("a/");
    store.deleteAll("a/");

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void ofManyThatPutTheSameKeyIfAbsentExactlyOneWins() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 50; round++) {
        var key = "race/" + round;
        var start = new CountDownLatch(1);
        var racers = new ArrayList<Future<Boolean>>();
        for (int racer = 0; racer < 8; racer++) {
          var content = bytes("racer " + racer);
          Callable<Boolean> run =
              () -> {
                start.await();
                return store.putIfAbsent(key, content);
              };
          racers.add(threads.submit(run));
        }
        start.countDown();
        var winners = new ArrayList<Integer>();
        for (int racer = 0; racer < racers.size(); racer++) {
          if (racers.get(racer).get()) {
            winners.add(racer);
          }
        }
        assertThat(winners).as(key).hasSize(1);
        assertThat(read(key)).isEqualTo("racer " + winners.getFirst());
      }
    }
    assertThat(filesIn("race")).as("no temporary names are left").hasSize(50);
  }

  @Test
  void writersAndDeletersOfOneFolderDoNotDisturbEachOther() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<?>>();
      for (int writer = 0; writer < 4; writer++) {
        var key = "shared/folder/" + writer;
        tasks.add(
            threads.submit(() -> {
              for (int i = 0; i < 100; i++) {
                store.put(key, out -> out.write(1));
                store.delete(key);
              }
            }));
      }
      for (var task : tasks) {
        task.get();
      }
    }
    assertThat(store.list("shared/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../out",
        "a/../../out",
        "a//b",
        "a/",
        "./a",
        "a/.",
        "a/.tmp-1",
        "a\0b"
      })
  void aKeyThatLeavesTheStoreIsRefused(String key) {
    for (var operation :
        new ThrowingCallable[] {
          () -> store.put(key, out -> out.write(1)),
          () -> store.putIfAbsent(key, new byte[1]),
          () -> store.open(key),
          () -> store.exists(key),
          () -> store.delete(key)
        }) {
      var thrown = catchThrowableOfType(ResurgeException.class, operation);
      assertThat(thrown).isNotNull();
      assertThat(thrown.type()).isEqualTo(ErrorType.INPUT_INVALID);
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aPrefixThatLeavesTheStoreOrHasNoSlashIsRefused() {
    for (var prefix : new String[] {"../", "/", "a", "a/../"}) {
      assertThatThrownBy(() -> store.list(prefix)).isInstanceOf(ResurgeException.class);
      assertThatThrownBy(() -> store.folders(prefix)).isInstanceOf(ResurgeException.class);
      assertThatThrownBy(() -> store.deleteAll(prefix)).isInstanceOf(ResurgeException.class);
    }
  }

  @Test
  void aMissingDirectoryIsNeverMadeButReportedAsNotMounted() {
    var missing = root.resolve("mount/backups");
    var unmounted = new FilesystemStore(missing);
    for (var operation :
        new ThrowingCallable[] {
          () -> unmounted.put("a", out -> out.write(1)),
          () -> unmounted.putIfAbsent("a", new byte[1]),
          () -> unmounted.open("a"),
          () -> unmounted.exists("a"),
          () -> unmounted.list("a/"),
          () -> unmounted.folders(""),
          () -> unmounted.delete("a"),
          unmounted::free
        }) {
      var thrown = catchThrowableOfType(ResurgeException.class, operation);
      assertThat(thrown).isNotNull();
      assertThat(thrown.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE);
      assertThat(thrown).hasMessageContaining("there is no directory " + missing + "; mount");
    }
    assertThat(missing).doesNotExist();
  }

  @Test
  void anObstacleInTheStoreIsReportedWithWhatWasTried() throws IOException {
    Files.write(root.resolve("file"), new byte[1]);

    assertThatThrownBy(() -> store.put("file/object", out -> out.write(1)))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE))
        .hasMessageContaining("cannot write file/object in filesystem " + root)
        .hasMessageEndingWith("file is a file where a folder is needed");
  }

  @Test
  void itSaysHowMuchRoomThereIs() {
    assertThat(store.free()).isPositive().isLessThan(Long.MAX_VALUE);
  }

  private String read(String key) throws IOException {
    try (var in = store.open(key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String mode(String key) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(key)));
  }

  private List<String> filesIn(String folder) throws IOException {
    try (var files = Files.list(root.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
