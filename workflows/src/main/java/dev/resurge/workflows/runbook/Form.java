package dev.resurge.workflows.runbook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a text of a runbook may be written. Declared on the record's field with {@link Written}; the
 * checks, the JSON schema and the reference are all made from it.
 */
enum Form {
  TEXT("text", "", "not empty") {
    @Override
    boolean accepts(String text) {
      return !text.isBlank();
    }
  },
  NAME(
      "name",
      "[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?",
      "lower-case letters, digits and dashes, at most 40, no dash first or last"),
  API_VERSION("format version", Pattern.quote(Runbook.API_VERSION), Runbook.API_VERSION),
  KIND("kind", Pattern.quote(Runbook.KIND), Runbook.KIND),
  PATH(
      "absolute path",
      "(?!.*/\\.{1,2}(?:/|$))(?!.*//)/.+",
      "it starts with /, is not / itself, and has no empty, . or .. part") {
    @Override
    boolean accepts(String text) {
      return text.length() <= LONGEST_PATH && super.accepts(text);
    }
  },
  URL(
      "web address",
      "https?://[^\\s/?#@]+(?:[/?#]\\S*)?",
      "http:// or https://, then a host, such as http://127.0.0.1:8080/health") {
    @Override
    boolean accepts(String text) {
      return super.accepts(text) && hasHost(text);
    }
  },
  REGEX("regular expression", "", "as java.util.regex.Pattern reads it") {
    @Override
    Optional<String> fault(String text) {
      try {
        return text.isEmpty()
            ? Optional.of("an empty regular expression matches every line")
            : Optional.of(Pattern.compile(text)).flatMap(ignored -> Optional.empty());
      } catch (PatternSyntaxException e) {
        return Optional.of(
            SecretScan.quote(text)
                + " is no regular expression: "
                + e.getDescription()
                + " at character "
                + (e.getIndex() + 1));
      }
    }
  },
  COMPARISON(
      "comparison",
      "(?:!?=\\s*[^\\s=<>!].*|[<>]=?\\s*-?[0-9]+(?:\\.[0-9]+)?)",
      "'= 5', '!= 0', '>= 1000', '> 0', '<= 9' or '< 3'; only = and != compare other than numbers"),
  // the alphabet is bech32's, as in BIP 173; age's X25519 recipients hold 32 bytes
  RECIPIENT(
      "age recipient",
      "age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}",
      "age1 and 58 more characters, as age-keygen -y prints it"),
  ENVIRONMENT(
      "name of an environment variable",
      "[A-Za-z_][A-Za-z0-9_]*",
      "letters, digits and underscores, no digit first"),
  SECRET_FILE("absolute path", PATH.pattern, PATH.rule),
  UNIT(
      "systemd unit",
      "[A-Za-z0-9_][A-Za-z0-9:_.@\\\\-]*",
      "such as library.service; letters, digits and : _ . @ \\ -"),
  TIME_ZONE(
      "time zone",
      "[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*",
      "a name of the IANA database, such as Europe/Berlin or UTC") {
    @Override
    Optional<String> fault(String text) {
      return super.fault(text).map(fault -> fault + near(text));
    }

    @Override
    boolean accepts(String text) {
      return ZoneId.getAvailableZoneIds().contains(text);
    }

    private String near(String text) {
      return Nearest.find(text, ZoneId.getAvailableZoneIds())
          .map(zone -> "; did you mean '" + zone + "'?")
          .orElse("");
    }
  },
  CRON("time", "", "five fields as cron has them, such as 0 2 * * *") {
    @Override
    Optional<String> fault(String text) {
      return Cron.fault(text)
          .map(fault -> SecretScan.quote(text) + " is no time in cron's form: " + fault);
    }
  },
  ARGUMENT("argument", "", "any text") {
    @Override
    boolean accepts(String text) {
      return true;
    }
  };

  private static final int LONGEST_PATH = 4096;

  private final String noun;
  private final String pattern;
  private final String rule;
  private final Pattern compiled;

  Form(String noun, String pattern, String rule) {
    this.noun = noun;
    this.pattern = pattern;
    this.rule = rule;
    this.compiled = Pattern.compile(pattern);
  }

  /** What such a text is called: {@code absolute path}. */
  String noun() {
    return noun;
  }

  /** What the text must match from end to end, in the syntax that Java and ECMAScript share. */
  Optional<String> pattern() {
    return pattern.isEmpty() ? Optional.empty() : Optional.of(pattern);
  }

  /** The only text there is, if there is only one. */
  Optional<String> constant() {
    return this == API_VERSION || this == KIND ? Optional.of(rule) : Optional.empty();
  }

  /** How it is written, to follow a colon. */
  String rule() {
    return rule;
  }

  /** What is wrong with the text, if anything. Never shows what stands where a secret may. */
  Optional<String> fault(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("a text of a runbook holds no NUL character");
    }
    if (accepts(text)) {
      return Optional.empty();
    }
    if (text.isBlank()) {
      return Optional.of("an empty text is no " + noun);
    }
    if (constant().isPresent()) {
      return Optional.of(SecretScan.quote(text) + " is not possible here; write " + rule);
    }
    var shown = this == ENVIRONMENT || this == SECRET_FILE ? "this" : SecretScan.quote(text);
    return Optional.of(shown + " is no " + noun + ": " + rule);
  }

  boolean accepts(String text) {
    return compiled.matcher(text).matches();
  }

  private static boolean hasHost(String text) {
    try {
      return new URI(text).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
