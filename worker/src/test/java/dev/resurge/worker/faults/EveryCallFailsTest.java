package dev.resurge.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every external call of a run fails before its effect, fails after it, never answers, or is the
 * last thing that its worker does. Afterwards the live data is the old data, whole, or the new
 * data, verified; nothing acknowledged is lost, nothing of others touched, nothing left half-way.
 * {@code -Dfaults.kinds=all} tries all four at every call, {@code -Dfaults.pairs=1} every pair of
 * calls of a cut over, {@code -Dfaults.seed=N} other choices.
 */
class EveryCallFailsTest {
  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final int PAIRS = Integer.getInteger("faults.pairs", 60);
  private static final boolean ALL = System.getProperty("faults.kinds", "one").equals("all");

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"RESTORE", "IN_PLACE", "RECOVER", "PRUNE", "SETTLE_BACK"})
  void atEveryCall(Story story) throws ReflectiveOperationException {
    assertThat(tried("run", story, ALL, 1)).isEmpty();
  }

  /** Of so many pairs of calls one; their kinds follow from the seed. */
  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"RESTORE", "IN_PLACE"})
  void twiceInACutOver(Story story) throws ReflectiveOperationException {
    assertThat(tried("runPairs", story, false, PAIRS)).isEmpty();
  }

  @Test
  void atOneOfTwentyCallsOfARestore() throws ReflectiveOperationException {
    assertThat(tried("run", Story.RESTORE, false, 20)).isEmpty();
  }

  /** By classes that are loaded anew, with a hook around every external call. */
  private static List<?> tried(String method, Story story, boolean everyKind, int each)
      throws ReflectiveOperationException {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    var loader = new RewritingLoader();
    thread.setContextClassLoader(loader);
    try {
      return (List<?>)
          loader
              .loadClass(Campaign.class.getName())
              .getMethod(method, String.class, long.class, boolean.class, int.class)
              .invoke(null, story.name(), SEED, everyKind, each);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}
