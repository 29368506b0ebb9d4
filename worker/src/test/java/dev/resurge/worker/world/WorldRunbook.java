package dev.resurge.worker.world;

import static dev.resurge.worker.world.RunbookText.list;

import java.util.LinkedHashMap;

/** The runbook a world begins with: two components, one workload, a check of each kind it needs. */
final class WorldRunbook {
  private WorldRunbook() {}

  static RunbookText of(WorldFiles at, int postgresPort, int libraryPort, String recipient) {
    var sections = new LinkedHashMap<String, String>();
    sections.put("store", "type: filesystem\npath: " + at.store());
    sections.put("encryption", "recipients: [" + recipient + "]");
    sections.put(
        "components",
        """
        - type: postgres
          name: database
          port: %d
          database: "%s"
          admin:
            user: %s
            password: {file: %s}
          roles:
            - name: %s
              password: {file: %s}
          jobs: 2
        - type: files
          name: files
          path: %s
        """
            .formatted(
                postgresPort,
                at.system(),
                Machine.ADMIN,
                at.adminPassword(),
                Machine.APPLICATION,
                at.applicationPassword(),
                at.liveFiles()));
    sections.put(
        "workloads",
        """
        - type: process
          name: application
          status: %s
          start: %s
          stop: %s
          timeout: 20s
        """
            .formatted(
                list(Programs.library("status", at.librarySettings())),
                list(Programs.library("run", at.librarySettings())),
                list(Programs.library("stop", at.librarySettings()))));
    sections.put(
        "checks",
        """
        - type: sql
          name: books-are-there
          component: database
          query: SELECT count(*) FROM book
          expect: ">= 1"
        - type: http
          name: application-is-healthy
          url: http://127.0.0.1:%d/health
          contains: ok
          within: 20s
        """
            .formatted(libraryPort));
    sections.put("approval", "identity: claimed\nrequesterMayApprove: true");
    sections.put("restore", "minimumFree: 1MB");
    return new RunbookText(at.system(), sections);
  }
}
