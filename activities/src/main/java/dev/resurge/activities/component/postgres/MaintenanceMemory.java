package dev.resurge.activities.component.postgres;

import com.sun.management.OperatingSystemMXBean;
import dev.resurge.workflows.model.ByteSize;
import java.lang.management.ManagementFactory;

/** How much memory an index build may take. */
final class MaintenanceMemory {
  private static final long LEAST = 64L << 20;
  private static final long MOST = 1L << 30;

  /** All jobs together take an eighth of the machine at most, for the live database runs on it. */
  private static final int PART = 8;

  private MaintenanceMemory() {}

  /** For each of so many sessions: between 64 MiB and 1 GiB. */
  static ByteSize perSession(int jobs) {
    return perSession(
        jobs,
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** The same for a machine with so much memory. */
  static ByteSize perSession(int jobs, long total) {
    return new ByteSize(Math.max(LEAST, Math.min(MOST, total / PART / jobs)));
  }
}
