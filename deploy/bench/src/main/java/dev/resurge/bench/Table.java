package dev.resurge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The figures as people read them. */
final class Table {
  private static final int[] WIDTHS = {18, 10, 10, 10, 8, 11, 11};

  private final Figures figures;

  Table(Figures figures) {
    this.figures = figures;
  }

  /** Lines of text. */
  List<String> lines() {
    var lines = new ArrayList<>(medians());
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

  private List<String> medians() {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of("median", "guide 003", "guide 002", "Resurge", "ratio", "guide 003", "Resurge"));
    var database = figures.database;
    var files = figures.files;
    rows.add(
        List.of(
            "database backup",
            seconds(database.guideBackup),
            seconds(figures.guide002Backup),
            seconds(database.resurgeBackup),
            ratio(database.guideBackup, database.resurgeBackup),
            size(database.guideBytes),
            size(database.resurgeBytes)));
    rows.add(
        List.of(
            "database restore",
            seconds(database.guideRestore),
            seconds(figures.guide002Restore),
            seconds(database.resurgeRestore),
            ratio(database.guideRestore, database.resurgeRestore),
            "",
            ""));
    rows.add(downtime("database downtime", database));
    rows.add(
        List.of(
            "files backup",
            seconds(files.guideBackup),
            "",
            seconds(files.resurgeBackup),
            ratio(files.guideBackup, files.resurgeBackup),
            size(files.guideBytes),
            size(files.resurgeBytes)));
    rows.add(
        List.of(
            "files restore",
            seconds(files.guideRestore),
            "",
            seconds(files.resurgeRestore),
            ratio(files.guideRestore, files.resurgeRestore),
            "",
            ""));
    rows.add(downtime("files downtime", files));
    return aligned(rows);
  }

  private static List<String> downtime(String name, Figures.Component component) {
    return List.of(
        name,
        seconds(component.guideDowntime),
        "",
        seconds(component.downtime),
        ratio(component.guideDowntime, component.downtime),
        "",
        "");
  }

  /** A column in which nothing was measured is left out. */
  private static List<String> aligned(List<List<String>> rows) {
    var shown =
        IntStream.range(1, WIDTHS.length)
            .filter(column -> rows.stream().skip(1).anyMatch(cells -> !cells.get(column).isEmpty()))
            .toArray();
    return rows.stream()
        .map(cells -> {
          var line = new StringBuilder(("%-" + WIDTHS[0] + "s").formatted(cells.getFirst()));
          for (var column : shown) {
            line.append((" %" + WIDTHS[column] + "s").formatted(cells.get(column)));
          }
          return line.toString().stripTrailing();
        })
        .toList();
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
