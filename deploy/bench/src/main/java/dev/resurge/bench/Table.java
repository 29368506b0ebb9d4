package dev.resurge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as people read them. */
final class Table {
  private final Figures figures;

  Table(Figures figures) {
    this.figures = figures;
  }

  /** Lines of text. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(row("median", "guide 003", "guide 002", "Resurge", "ratio", "guide 003", "Resurge"));
    var database = figures.database;
    var files = figures.files;
    lines.add(
        row(
            "database backup",
            seconds(database.guideBackup),
            seconds(figures.guide002Backup),
            seconds(database.resurgeBackup),
            ratio(database.guideBackup, database.resurgeBackup),
            size(database.guideBytes),
            size(database.resurgeBytes)));
    lines.add(
        row(
            "database restore",
            seconds(database.guideRestore),
            seconds(figures.guide002Restore),
            seconds(database.resurgeRestore),
            ratio(database.guideRestore, database.resurgeRestore),
            "",
            ""));
    lines.add(downtime("database downtime", database));
    lines.add(
        row(
            "files backup",
            seconds(files.guideBackup),
            "",
            seconds(files.resurgeBackup),
            ratio(files.guideBackup, files.resurgeBackup),
            size(files.guideBytes),
            size(files.resurgeBytes)));
    lines.add(
        row(
            "files restore",
            seconds(files.guideRestore),
            "",
            seconds(files.resurgeRestore),
            ratio(files.guideRestore, files.resurgeRestore),
            "",
            ""));
    lines.add(downtime("files downtime", files));
    lines.add("");
    if (figures.rawRestore.isMeasured()) {
      lines.add("bare pg_restore of Resurge's archives  " + seconds(figures.rawRestore));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "worker's peak memory                   %.0f MiB",
            figures.workerPeakMemory.worst()));
    lines.add(
        String.format(
            Locale.ROOT,
            "orchestration, of the longest kind     %.2f s (worst run %.2f s)",
            figures.orchestration(),
            figures.worstOrchestration()));
    return lines;
  }

  private static String downtime(String name, Figures.Component component) {
    return row(
        name,
        seconds(component.guideDowntime),
        "",
        seconds(component.downtime),
        ratio(component.guideDowntime, component.downtime),
        "",
        "");
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-18s %10s %10s %10s %8s %11s %11s", (Object[]) cells)
        .stripTrailing();
  }

  private static String seconds(Series series) {
    return series.isMeasured() ? String.format(Locale.ROOT, "%.2f s", series.median()) : "";
  }

  private static String ratio(Series guide, Series resurge) {
    return guide.isMeasured()
        ? String.format(Locale.ROOT, "%.1f x", guide.median() / resurge.median())
        : "";
  }

  private static String size(Series bytes) {
    return bytes.isMeasured() ? String.format(Locale.ROOT, "%.1f MB", bytes.median() / 1e6) : "";
  }
}
