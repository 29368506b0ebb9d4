package dev.resurge.workflows.procedure;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The search attributes that runs are found by in Temporal. Registered before the first run. */
public final class Attributes {
  public static final SearchAttributeKey<String> SYSTEM =
      SearchAttributeKey.forKeyword("ResurgeSystem");
  public static final SearchAttributeKey<String> PROCEDURE =
      SearchAttributeKey.forKeyword("ResurgeProcedure");
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("ResurgePhase");
  public static final SearchAttributeKey<String> OUTCOME =
      SearchAttributeKey.forKeyword("ResurgeOutcome");
  public static final SearchAttributeKey<String> SET = SearchAttributeKey.forKeyword("ResurgeSet");

  private Attributes() {}

  /** All of them, for whoever registers them. */
  public static List<SearchAttributeKey<String>> all() {
    return List.of(SYSTEM, PROCEDURE, PHASE, OUTCOME, SET);
  }
}
