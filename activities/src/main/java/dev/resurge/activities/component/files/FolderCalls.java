package dev.resurge.activities.component.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The calls of glibc that work below an open folder, with names as the bytes they are: {@code
 * openat(2)}, {@code renameat2(2)}, {@code mkdirat(2)}, {@code unlinkat(2)}, {@code close(2)}. None
 * follows a symbolic link in the name.
 */
class FolderCalls extends CLibrary {
  static final int ENOTDIR = 20;
  static final int ELOOP = 40;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int O_CLOEXEC = 0x80000;

  /** To go through and to rename in, without reading. */
  private static final int O_PATH = 0x200000;

  private static final boolean ARM =
      System.getProperty("os.arch").toLowerCase(Locale.ROOT).startsWith("aarch64");
  private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

  private final Optional<MethodHandle> openat = handle("openat", JAVA_INT, ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> renameat2 =
      handle("renameat2", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> mkdirat = handle("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> unlinkat = handle("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
  private final Optional<MethodHandle> close = handle("close", JAVA_INT);

  /** A descriptor of the folder, or minus the errno: ENOTDIR or ELOOP for all but folders. */
  int open(int folder, byte[] name) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
      int result = (int) openat.orElseThrow().invokeExact(error, folder, text(arena, name), flags);
      return result >= 0 ? result : -errno(error);
    } catch (Throwable e) {
      throw failed("openat", e);
    }
  }

  /** 0 or the errno; {@code ENOSYS} where the C library has no {@code renameat2}. */
  int rename(int from, byte[] name, int to, int flags) {
    if (renameat2.isEmpty()) {
      return ENOSYS;
    }
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      MemorySegment text = text(arena, name);
      int result = (int) renameat2.get().invokeExact(error, from, text, to, text, flags);
      return result == 0 ? 0 : errno(error);
    } catch (Throwable e) {
      throw failed("renameat2", e);
    }
  }

  /** Makes a folder that only its owner can enter; 0 or the errno. */
  int makeFolder(int folder, byte[] name) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int result = (int) mkdirat.orElseThrow().invokeExact(error, folder, text(arena, name), 0700);
      return result == 0 ? 0 : errno(error);
    } catch (Throwable e) {
      throw failed("mkdirat", e);
    }
  }

  /** Removes a name, or an empty folder; 0 or the errno. */
  int remove(int folder, byte[] name, boolean emptyFolder) {
    try (var arena = Arena.ofConfined()) {
      var error = errorState(arena);
      int flags = emptyFolder ? AT_REMOVEDIR : 0;
      int result =
          (int) unlinkat.orElseThrow().invokeExact(error, folder, text(arena, name), flags);
      return result == 0 ? 0 : errno(error);
    } catch (Throwable e) {
      throw failed("unlinkat", e);
    }
  }

  /** Closes a descriptor. */
  void close(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      int ignored = (int) close.orElseThrow().invokeExact(errorState(arena), descriptor);
    } catch (Throwable e) {
      throw failed("close", e);
    }
  }
}
