package dev.resurge.activities.spi;

/** Where a system runs. */
public interface Platform {
  /** The word in runbooks and manifests: {@code host}. */
  String type();

  /** Runs programs next to the data. */
  Shell shell();

  /** The things that write. */
  Workloads workloads();
}
