package dev.resurge.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every external call of a run fails before its effect, fails after it, never answers, or is the
 * last thing that its worker does. Afterwards the live data is the old data, whole, or the new
 * data, verified; nothing acknowledged is lost, nothing of others touched, nothing left half-way.
 * {@code -Dfaults.kinds=all} tries all four at every call, {@code -Dfaults.seed=N} other choices,
 * {@code -Dfaults.pairs=1} every pair of calls of a cut over instead of one in forty.
 */
class EveryCallFailsTest {
  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final int PAIRS = Integer.getInteger("faults.pairs", 40);
  private static final boolean ALL = System.getProperty("faults.kinds", "one").equals("all");

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Story.class)
  void atEveryCall(Story story) throws ReflectiveOperationException {
    assertThat(tried(story, ALL, 1)).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"RESTORE", "IN_PLACE"})
  void atTwoCallsOfACutOver(Story story) throws ReflectiveOperationException {
    assertThat(called("runPairs", story.name(), SEED, PAIRS)).isEmpty();
  }

  @Test
  void atOneOfTwentyCallsOfARestore() throws ReflectiveOperationException {
    assertThat(tried(Story.RESTORE, false, 20)).isEmpty();
  }

  private static List<?> tried(Story story, boolean everyKind, int each)
      throws ReflectiveOperationException {
    return called("run", story.name(), SEED, everyKind, each);
  }

  private static List<?> called(String method, Object... arguments)
      throws ReflectiveOperationException {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    var loader = new RewritingLoader();
    thread.setContextClassLoader(loader);
    try {
      var campaign = loader.loadClass(Campaign.class.getName());
      var named =
          Arrays.stream(campaign.getMethods())
              .filter(one -> one.getName().equals(method))
              .findFirst()
              .orElseThrow();
      return (List<?>) named.invoke(null, arguments);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}
