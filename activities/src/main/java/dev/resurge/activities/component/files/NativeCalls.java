package dev.resurge.activities.component.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The calls of glibc that Java's library does not offer: {@code renameat2(2)}, {@code statfs(2)},
 * {@code statx(2)} and {@code flock(2)}. Unless said otherwise a call answers 0 or the errno.
 */
final class NativeCalls extends CLibrary {
  static final int EWOULDBLOCK = 11;

  /** The same on every processor, unlike O_DIRECTORY. */
  private static final int O_CLOEXEC = 0x80000;

  private static final int LOCK_EX_NB = 2 | 4;

  /** Where {@code f_fsid} stands in {@code struct statfs} of 64-bit Linux: behind seven longs. */
  private static final long F_FSID = 7 * 8;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BTIME = 0x800;

  /** Where {@code stx_btime} stands in {@code struct statx}, and its nanoseconds in that. */
  private static final long STX_BTIME = 80;

  private static final long TV_NSEC = 8;

  private final Optional<MethodHandle> renameat2 =
      handle("renameat2", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> statfs = handle("statfs", ADDRESS, ADDRESS);
  private final Optional<MethodHandle> statx =
      handle("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private final Optional<MethodHandle> open = handle("open", ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> flock = handle("flock", JAVA_INT, JAVA_INT);
  private final Optional<MethodHandle> close = handle("close", JAVA_INT);

  /** Renames; {@code ENOSYS} where the C library has no {@code renameat2}. */
  int rename(Path from, Path to, int flags) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int result =
          renameat2.isEmpty()
              ? -ENOSYS
              : (int)
                  renameat2
                      .get()
                      .invokeExact(
                          error, AT_FDCWD, text(arena, from), AT_FDCWD, text(arena, to), flags);
      return result == 0 ? 0 : result == -ENOSYS ? ENOSYS : errno(error);
    } catch (Throwable e) {
      throw failed("renameat2", e);
    }
  }

  /** The file system's id as {@code stat -f -c %i} prints it: hex without leading zeros. */
  String fileSystemId(Path path) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      var answer = arena.allocate(256, 8);
      int result = (int) statfs.orElseThrow().invokeExact(error, text(arena, path), answer);
      if (result != 0) {
        throw new IOException("statfs of " + path + ": errno " + errno(error));
      }
      long first = answer.get(JAVA_INT, F_FSID) & 0xffffffffL;
      long second = answer.get(JAVA_INT, F_FSID + 4) & 0xffffffffL;
      return Long.toHexString((first << 32) | second);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw failed("statfs", e);
    }
  }

  /**
   * When the file was made, in the form of {@code stat -c %.9W}: seconds, a point, nanoseconds.
   * Empty where the file system does not know, or the kernel or C library cannot tell.
   */
  Optional<String> birth(Path path) throws IOException {
    if (statx.isEmpty()) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      var answer = arena.allocate(256, 8);
      int result =
          (int)
              statx
                  .get()
                  .invokeExact(
                      error, AT_FDCWD, text(arena, path), AT_SYMLINK_NOFOLLOW, STATX_BTIME, answer);
      if (result != 0) {
        return unknown(path, errno(error));
      }
      boolean known = (answer.get(JAVA_INT, 0) & STATX_BTIME) != 0;
      return known
          ? Optional.of(
              "%d.%09d"
                  .formatted(
                      answer.get(JAVA_LONG, STX_BTIME), answer.get(JAVA_INT, STX_BTIME + TV_NSEC)))
          : Optional.empty();
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw failed("statx", e);
    }
  }

  private static Optional<String> unknown(Path path, int errno) throws IOException {
    return switch (errno) {
      case ENOENT -> throw new NoSuchFileException(path.toString());
      case ENOSYS -> Optional.empty();
      default -> throw new IOException("statx of " + path + ": errno " + errno);
    };
  }

  /** Opens a directory so that it can be locked; a descriptor, or minus the errno. */
  int open(Path directory) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int result = (int) open.orElseThrow().invokeExact(error, text(arena, directory), O_CLOEXEC);
      return result >= 0 ? result : -errno(error);
    } catch (Throwable e) {
      throw failed("open", e);
    }
  }

  /** Takes the exclusive lock without waiting; {@code EWOULDBLOCK} if another has it. */
  int lock(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int result = (int) flock.orElseThrow().invokeExact(error, descriptor, LOCK_EX_NB);
      return result == 0 ? 0 : errno(error);
    } catch (Throwable e) {
      throw failed("flock", e);
    }
  }

  /** Closes a descriptor, which gives up its lock. */
  void close(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      int ignored = (int) close.orElseThrow().invokeExact(errorState(arena), descriptor);
    } catch (Throwable e) {
      throw failed("close", e);
    }
  }
}
