package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names as people see them: characters, and the bytes that are none. */
final class Symbols {
  /** The first number for a byte that is no character; characters are smaller. */
  private static final int BYTE = Character.MAX_CODE_POINT + 1;

  /** What cannot be read as it stands, or would mean something else in a {@link PathGlob}. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\uFFFD*?\\[\\\\%]");

  private Symbols() {}

  /** Code points; each byte that belongs to no character stands for itself. */
  static int[] of(byte[] bytes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var symbols = IntStream.builder();
    while (true) {
      var result = decoder.reset().decode(in, out, true);
      out.flip().codePoints().forEach(symbols::add);
      out.clear();
      if (!result.isError()) {
        return symbols.build().toArray();
      }
      symbols.add(BYTE + (in.get() & 0xff));
    }
  }

  /** The names of a path. */
  static List<int[]> of(RawName path) {
    return path.parts().stream().map(name -> of(name.toBytes())).toList();
  }

  /** A path for people: text where it is text, else percent-encoded; fit to be a path glob. */
  static String readable(RawName path) {
    var text = new String(path.toBytes(), StandardCharsets.UTF_8);
    return UNFIT.matcher(text).find() ? path.encoded() : text;
  }
}
