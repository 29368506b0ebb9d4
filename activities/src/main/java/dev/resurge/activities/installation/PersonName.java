package dev.resurge.activities.installation;

import java.util.regex.Pattern;

/** How people, channels and installations may be called: letters, digits and {@code . _ @ -}. */
public final class PersonName {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");

  private PersonName() {}

  /** Whether that is such a name. */
  public static boolean is(String text) {
    return FORM.matcher(text).matches();
  }
}
