package dev.resurge.activities.platform.host;

import dev.resurge.activities.spi.Platform;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Workloads;

/** The machine the worker runs on. */
public record HostPlatform(Shell shell, Workloads workloads) implements Platform {
  @Override
  public String type() {
    return "host";
  }
}
