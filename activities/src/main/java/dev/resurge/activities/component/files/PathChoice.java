package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.BitSet;
import java.util.List;

/** The paths that a partial restore is about. */
final class PathChoice {
  private static final RawName ROOT = RawName.of(".");
  private final List<PathGlob> globs;

  /**
   * @throws ResurgeException {@code InputInvalid} if one of them is no path, or there is none
   */
  PathChoice(List<String> paths) {
    if (paths.isEmpty()) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, "no paths were said to be restored");
    }
    this.globs = paths.stream().map(PathGlob::of).toList();
  }

  List<PathGlob> globs() {
    return globs;
  }

  /** Whether it is chosen, by itself or with a folder; the directory itself never is. */
  boolean contains(RawName path) {
    return !matching(path).isEmpty();
  }

  /** Which of the globs choose it. */
  BitSet matching(RawName path) {
    var matching = new BitSet(globs.size());
    if (!path.equals(ROOT)) {
      var names = Symbols.of(path);
      for (int i = 0; i < globs.size(); i++) {
        matching.set(i, globs.get(i).matches(names));
      }
    }
    return matching;
  }
}
