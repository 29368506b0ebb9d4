package dev.resurge.activities.link;

import java.io.Serial;

/** A ticket that does not count. Its message says nothing of what the ticket says. */
public final class TicketRefused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Why {
    /** It is no ticket at all. */
    MALFORMED,
    /** This installation did not sign it, or not like this. */
    FORGED,
    /** It is too late. */
    EXPIRED
  }

  private final Why why;

  TicketRefused(Why why) {
    super("the ticket is " + why.name().toLowerCase(java.util.Locale.ROOT));
    this.why = why;
  }

  /** Why it does not count. */
  public Why why() {
    return why;
  }
}
