package dev.resurge.activities.component.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;

/** How functions of the C library are found and how they answer. */
abstract class CLibrary {
  static final int ENOENT = 2;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;
  static final int RENAME_NOREPLACE = 1;
  static final int RENAME_EXCHANGE = 2;
  static final int AT_FDCWD = -100;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library = linker.defaultLookup();

  @SuppressWarnings("restricted") // the JVM is started with --enable-native-access
  final Optional<MethodHandle> handle(String name, MemoryLayout... arguments) {
    return library
        .find(name)
        .map(symbol ->
            linker.downcallHandle(
                symbol,
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno")));
  }

  static MemorySegment errorState(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  static int errno(MemorySegment state) {
    return state.get(
        JAVA_INT,
        Linker.Option.captureStateLayout()
            .byteOffset(MemoryLayout.PathElement.groupElement("errno")));
  }

  /** A path in the bytes that Java itself hands to the kernel. */
  static MemorySegment text(Arena arena, Path path) {
    return text(
        arena, path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding"))));
  }

  /** A name as the bytes it is. */
  static MemorySegment text(Arena arena, byte[] bytes) {
    var segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  static IllegalStateException failed(String call, Throwable cause) {
    return new IllegalStateException("cannot call " + call + " of the C library", cause);
  }
}
