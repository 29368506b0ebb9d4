package dev.resurge.activities.component.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/**
 * What we write on directories, as JSON in extended attributes: {@code user.resurge.owner} on live
 * data, {@code user.resurge.staged} on copies being built, {@code user.resurge.retained} on data
 * that was kept, {@code user.resurge.brought} where a part of a set was brought. Captures leave
 * them out, for they say what a directory is, not what is in it.
 */
final class Markers {
  /** What captures and extractions leave out. */
  static final String ATTRIBUTES = "user.resurge.*";

  private static final String OWNER = "resurge.owner";
  private static final String STAGED = "resurge.staged";
  private static final String BROUGHT = "resurge.brought";
  private static final String RETAINED = "resurge.retained";

  /** On a copy that is being built, or that is complete, or on what a run is done with. */
  record Staged(RunId run, String component, String token, State state, String manifestSha256) {
    Staged complete() {
      return new Staged(run, component, token, State.COMPLETE, manifestSha256);
    }
  }

  /** How far a directory is in the hands of a run. */
  enum State {
    LOADING,
    COMPLETE,
    /** About to lose its name and to be removed. */
    LEAVING,
    /** The run decided otherwise: it no longer swaps this one in, or no longer removes it. */
    CALLED_OFF
  }

  /**
   * On data that was kept.
   *
   * @param why {@code replaced}, {@code rejected} or {@code replaced files}
   * @param size what it takes on disk; empty until it was counted
   */
  record Kept(RunId run, String component, String why, Optional<ByteSize> size) {}

  /**
   * On a directory into which a run has brought a part of a set.
   *
   * @param what tells one set and choice of paths from another
   */
  record Brought(RunId run, String component, String what) {}

  Optional<Brought> brought(Path directory) {
    return read(directory, BROUGHT, Brought.class);
  }

  void brought(Path directory, Brought brought) {
    write(directory, BROUGHT, brought);
  }

  Optional<Owner> owner(Path directory) {
    return read(directory, OWNER, Owner.class);
  }

  void owner(Path directory, Owner owner) {
    if (!owner(directory).equals(Optional.of(owner))) {
      write(directory, OWNER, owner);
    }
  }

  Optional<Staged> staged(Path directory) {
    return read(directory, STAGED, Staged.class);
  }

  void staged(Path directory, Staged staged) {
    write(directory, STAGED, staged);
  }

  Optional<Kept> kept(Path directory) {
    return read(directory, RETAINED, Kept.class);
  }

  void kept(Path directory, Kept kept) {
    write(directory, RETAINED, kept);
  }

  /** Takes the mark of a staged copy off; does nothing if there is none. */
  void clearStaged(Path directory) {
    clear(directory, STAGED);
  }

  /** Takes the mark of a kept copy off; does nothing if there is none. */
  void clearKept(Path directory) {
    clear(directory, RETAINED);
  }

  private static void clear(Path directory, String name) {
    try {
      var view = view(directory);
      if (view.list().contains(name)) {
        writable(
            directory,
            () -> {
              view.delete(name);
              return 0;
            });
      }
    } catch (IOException e) {
      throw failed("take the mark " + name + " off " + directory, e);
    }
  }

  /** Whether the directory bears any mark of ours. */
  boolean any(Path directory) {
    try {
      return view(directory).list().stream().anyMatch(name -> name.startsWith("resurge."));
    } catch (IOException e) {
      throw failed("read the marks on " + directory, e);
    }
  }

  private <T> Optional<T> read(Path directory, String name, Class<T> type) {
    try {
      var view = view(directory);
      if (!view.list().contains(name)) {
        return Optional.empty();
      }
      var value = ByteBuffer.allocate(view.size(name));
      view.read(name, value);
      return Optional.of(
          Json.mapper().readValue(new String(value.array(), StandardCharsets.UTF_8), type));
    } catch (JsonProcessingException e) {
      // An unreadable mark is nobody's word; who needs one finds none and leaves the data alone.
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read the mark " + name + " on " + directory, e);
    }
  }

  private void write(Path directory, String name, Object value) {
    var text = ByteBuffer.wrap(Json.canonical(value).getBytes(StandardCharsets.UTF_8));
    try {
      writable(directory, () -> view(directory).write(name, text.rewind()));
    } catch (IOException e) {
      throw failed("write the mark " + name + " on " + directory, e);
    }
  }

  private static UserDefinedFileAttributeView view(Path directory) {
    return Files.getFileAttributeView(
        directory, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Its owner may mark a directory even if its mode lets nobody write to it. */
  private static void writable(Path directory, Action action) throws IOException {
    try {
      action.run();
    } catch (AccessDeniedException e) {
      int mode = (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(directory, "unix:mode", (mode & 07777) | 0200);
      try {
        action.run();
      } finally {
        Files.setAttribute(directory, "unix:mode", mode & 07777);
      }
    }
  }

  private static ResurgeException failed(String doing, IOException e) {
    return new ResurgeException(
        ErrorType.RIGHTS_MISSING,
        "could not " + doing + " (an extended attribute): " + e.getMessage(),
        e);
  }

  @FunctionalInterface
  private interface Action {
    int run() throws IOException;
  }
}
