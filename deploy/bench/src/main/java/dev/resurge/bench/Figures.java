package dev.resurge.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** All that was measured. */
final class Figures {
  final Component database = new Component();
  final Component files = new Component();
  final Series guide002Backup = new Series();
  final Series guide002Restore = new Series();
  final Series guide002Bytes = new Series();
  final Series rawRestore = new Series();
  final Series workerPeakMemory = new Series();

  /** Of one component; seconds and bytes. */
  static final class Component {
    final Series guideBackup = new Series();
    final Series resurgeBackup = new Series();
    final Series guideRestore = new Series();
    final Series resurgeRestore = new Series();
    final Series guideBytes = new Series();
    final Series resurgeBytes = new Series();
    final Series guideDowntime = new Series();
    final Series downtime = new Series();
    final Series backupOrchestration = new Series();
    final Series restoreOrchestration = new Series();

    private Map<String, Object> json() {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("backup", json(guideBackup, resurgeBackup));
      fields.put("restore", json(guideRestore, resurgeRestore));
      fields.put("downtimeSeconds", seconds(downtime));
      if (guideDowntime.isMeasured()) {
        fields.put("guideDowntimeSeconds", seconds(guideDowntime));
      }
      return fields;
    }

    private Map<String, Object> json(Series guide, Series resurge) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("resurgeSeconds", seconds(resurge));
      if (guide.isMeasured()) {
        fields.put("guideSeconds", seconds(guide));
        fields.put("ratio", Math.round(guide.median() / resurge.median() * 100) / 100.0);
        fields.put("guideBytes", (long) guideBytes.median());
      }
      fields.put("resurgeBytes", (long) resurgeBytes.median());
      return fields;
    }
  }

  /** Medians, but for memory, of which the worst counts; only of who was measured. */
  Map<String, Object> json() {
    var fields = new LinkedHashMap<String, Object>();
    var database = this.database.json();
    fields.put("database", database);
    fields.put("files", files.json());
    fields.put("downtimeSeconds", seconds(this.database.downtime));
    if (guide002Backup.isMeasured()) {
      var guide002 = new LinkedHashMap<String, Object>();
      guide002.put("backupSeconds", seconds(guide002Backup));
      guide002.put("restoreSeconds", seconds(guide002Restore));
      guide002.put("bytes", (long) guide002Bytes.median());
      database.put("guide002", guide002);
      fields.put("guideDowntimeSeconds", seconds(this.database.guideDowntime));
      fields.put("rawRestoreSeconds", seconds(rawRestore));
    }
    fields.put("workerPeakRssMiB", Math.round(workerPeakMemory.worst()));
    fields.put("orchestrationSeconds", rounded(orchestration()));
    fields.put("worstOrchestrationSeconds", rounded(worstOrchestration()));
    return fields;
  }

  /** Of the kind of run that has most of it: the median of that kind. */
  double orchestration() {
    return orchestrations().mapToDouble(Series::median).max().orElseThrow();
  }

  /** Of the worst single run, which is one of a worker that has just started. */
  double worstOrchestration() {
    return orchestrations().mapToDouble(Series::worst).max().orElseThrow();
  }

  private Stream<Series> orchestrations() {
    return Stream.of(database, files)
        .flatMap(each -> Stream.of(each.backupOrchestration, each.restoreOrchestration));
  }

  private static double seconds(Series series) {
    return rounded(series.median());
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
