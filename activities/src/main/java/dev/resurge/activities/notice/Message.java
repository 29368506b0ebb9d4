package dev.resurge.activities.notice;

import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretScan;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notice as it leaves this machine. Whatever in it looks like a secret is left out: failures tell
 * what programs said, and those are other people's words.
 *
 * @param id the same for every delivery of one notice
 * @param link where its reader can answer
 */
record Message(
    String id,
    String installation,
    Notice notice,
    String title,
    List<String> lines,
    Optional<URI> link) {
  static Message of(Notice notice, String installation, Optional<URI> link) {
    return new Message(
        notice.id(),
        installation,
        notice,
        SecretScan.masked(notice.title()),
        notice.lines().stream().map(SecretScan::masked).toList(),
        link);
  }

  Severity severity() {
    return notice.severity();
  }

  /** What is read below the title: the lines, how to answer, and where it comes from. */
  String text() {
    var all = new ArrayList<>(lines);
    if (!notice.answers().isEmpty()) {
      all.add("");
      all.add("Answer with one of:");
      notice.answers().forEach(command -> all.add("  " + command));
    }
    link.ifPresent(page -> all.add("  or at " + page));
    all.add("");
    all.add(
        severity().id()
            + ", "
            + notice.event().id()
            + notice.run().map(run -> ", run " + run).orElse("")
            + " of installation "
            + installation);
    return String.join("\n", all);
  }

  /** By name, for templates and for the webhook's own form. */
  Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", id);
    fields.put("installation", installation);
    fields.put("event", notice.event().id());
    fields.put("severity", severity().id());
    fields.put("system", notice.system());
    fields.put("procedure", notice.procedure().id());
    fields.put("run", notice.run().map(RunId::value).orElse(""));
    fields.put("at", notice.at().toString());
    fields.put("title", title);
    fields.put("lines", lines);
    fields.put("code", notice.code().orElse(""));
    fields.put("answers", notice.answers());
    fields.put("link", link.map(URI::toString).orElse(""));
    return fields;
  }
}
