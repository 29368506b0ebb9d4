package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Notifications.Text;
import dev.resurge.workflows.runbook.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The secrets of one delivery: read when they are needed, and kept out of what is said of it. */
final class Secrets {
  private final Function<SecretRef, String> reader;
  private final List<String> seen = new ArrayList<>();

  Secrets(Function<SecretRef, String> reader) {
    this.reader = reader;
  }

  String read(SecretRef reference) {
    var secret = reader.apply(reference);
    seen.add(secret);
    return secret;
  }

  Optional<String> read(Optional<SecretRef> reference) {
    return reference.map(this::read);
  }

  String read(Text text) {
    return switch (text) {
      case Text.Clear(String value) -> value;
      case Text.Secret(SecretRef where) -> read(where);
    };
  }

  /** What a server said, shortened to one line, without what it may have said back. */
  String clean(String said) {
    var clean = said.strip().replaceAll("\\s+", " ");
    for (var secret : seen) {
      clean = clean.replace(secret, "(secret)");
    }
    return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
  }
}
