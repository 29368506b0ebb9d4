package dev.resurge.workflows.model;

/**
 * Who did something. {@code authenticated} is true only if the channel proved the name; otherwise
 * it is what a payload said of itself, and evidence calls it claimed.
 *
 * @param channel how it came: {@code cli}, {@code cli-signed}, {@code temporal-ui}, {@code
 *     schedule}, {@code link}, {@code login}
 */
public record Person(String name, String channel, boolean authenticated) {
  /**
   * Whether it may be the same person. Directories that people log in by do not mind case: who is
   * Alice there and alice here must not count as two.
   */
  public boolean mayBe(Person other) {
    return name.equalsIgnoreCase(other.name);
  }

  /** For people: {@code alice (claimed, by cli)}. */
  public String describe() {
    return name + " (" + (authenticated ? "authenticated" : "claimed") + ", by " + channel + ")";
  }
}
