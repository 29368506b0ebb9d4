package dev.resurge.activities.component.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** setxattr(2) for the attributes that Java's view does not reach: trusted ones and ACLs. */
final class RawXattr {
  private RawXattr() {}

  /** An ACL that gives the user 4711 reading and writing, in the kernel's own form. */
  static byte[] acl() {
    var acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    entry(acl, 0x01, 6, -1);
    entry(acl, 0x02, 6, 4711);
    entry(acl, 0x04, 4, -1);
    entry(acl, 0x10, 6, -1);
    entry(acl, 0x20, 4, -1);
    return acl.array();
  }

  private static void entry(ByteBuffer acl, int tag, int permissions, int id) {
    acl.putShort((short) tag).putShort((short) permissions).putInt(id);
  }

  @SuppressWarnings("restricted") // the tests' JVM is started with --enable-native-access
  static void set(Path file, String name, byte[] value) {
    var linker = Linker.nativeLinker();
    var call =
        linker.downcallHandle(
            linker.defaultLookup().find("setxattr").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocate(value.length + 1L);
      MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
      int result =
          (int)
              call.invokeExact(
                  arena.allocateFrom(file.toString()),
                  arena.allocateFrom(name),
                  bytes,
                  (long) value.length,
                  0);
      assertThat(result).as("setxattr %s on %s", name, file).isZero();
    } catch (Throwable e) {
      throw new AssertionError("setxattr " + name + " on " + file, e);
    }
  }
}
