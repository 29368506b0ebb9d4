package dev.resurge.activities.component.postgres.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a session has set, as far as it matters. */
final class Parameters {
  private static final Pattern LOCK_TIMEOUT = Pattern.compile("-c lock_timeout=(\\S+)");

  private final boolean readOnly;
  private final boolean asynchronous;
  private Duration lockTimeout;
  private Optional<Duration> localLockTimeout = Optional.empty();

  /**
   * @param options as libpq takes them: {@code -c name=value …}
   */
  Parameters(String options) {
    readOnly = options.contains("-c default_transaction_read_only=on");
    asynchronous = options.contains("-c synchronous_commit=off");
    var timeout = LOCK_TIMEOUT.matcher(options);
    lockTimeout = timeout.find() ? duration(timeout.group(1)) : Duration.ZERO;
  }

  /** Whether its transactions change nothing unless they say otherwise. */
  boolean isReadOnly() {
    return readOnly;
  }

  /** Whether what it commits is not waited for until it is on the disk. */
  boolean isAsynchronous() {
    return asynchronous;
  }

  /** How long it waits for a lock; zero is for ever. */
  Duration lockTimeout() {
    return localLockTimeout.orElse(lockTimeout);
  }

  /**
   * @param local until the transaction ends
   */
  void lockTimeout(String value, boolean local) {
    if (local) {
      localLockTimeout = Optional.of(duration(value));
    } else {
      lockTimeout = duration(value);
    }
  }

  void endTransaction() {
    localLockTimeout = Optional.empty();
  }

  /** {@code 5s}, {@code 200ms}, or milliseconds. */
  private static Duration duration(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    return text.endsWith("s")
        ? Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)))
        : Duration.ofMillis(Long.parseLong(text));
  }
}
