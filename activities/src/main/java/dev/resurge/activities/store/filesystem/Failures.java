package dev.resurge.activities.store.filesystem;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Turns what the file system says into {@code StoreUnavailable} that a person can act on. */
final class Failures {
  private final Path root;
  private final String store;

  Failures(Path root, String store) {
    this.root = root;
    this.store = store;
  }

  ResurgeException unavailable(String doing, String key, Exception cause) {
    var what = key.isEmpty() ? doing + " " + store : doing + " " + key + " in " + store;
    return new ResurgeException(
        ErrorType.STORE_UNAVAILABLE, "cannot " + what + ": " + reason(cause), cause);
  }

  private String reason(Exception cause) {
    return switch (cause) {
      case NoSuchFileException e when root.toString().equals(e.getFile()) ->
          "there is no directory " + root + "; mount its disk, or create the directory once";
      case NoSuchFileException e -> e.getFile() + " vanished";
      case AccessDeniedException e ->
          "permission denied for user " + System.getProperty("user.name") + " on " + e.getFile();
      case FileAlreadyExistsException e -> e.getFile() + " is a file where a folder is needed";
      case ClosedByInterruptException _ -> "the thread was interrupted";
      case FileSystemException e when e.getReason() != null -> withRoom(e.getReason());
      case UnsupportedOperationException _ -> "this file system has no hard links";
      default -> withRoom(Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
    };
  }

  private String withRoom(String reason) {
    if (!reason.contains("No space")) {
      return reason;
    }
    try {
      var free = new ByteSize(Files.getFileStore(root).getUsableSpace());
      return reason + " (" + free.human() + " free)";
    } catch (IOException e) {
      return reason;
    }
  }
}
