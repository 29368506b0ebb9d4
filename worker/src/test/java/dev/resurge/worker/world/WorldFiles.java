package dev.resurge.worker.world;

import java.nio.file.Path;

/** Where a world's files lie: all in one folder, which goes with it. */
record WorldFiles(Path root, String system) {
  Path store() {
    return root.resolve("store");
  }

  /** The parent of the protected directory: what a restore leaves beside it shows here. */
  Path data() {
    return root.resolve("data");
  }

  Path liveFiles() {
    return data().resolve("files");
  }

  Path state() {
    return root.resolve("state");
  }

  Path keys() {
    return state().resolve("keys");
  }

  Path runbooks() {
    return root.resolve("runbooks");
  }

  Path configuration() {
    return root.resolve("resurge.yaml");
  }

  Path adminPassword() {
    return root.resolve("admin-password");
  }

  Path applicationPassword() {
    return root.resolve("application-password");
  }

  Path librarySettings() {
    return root.resolve("application/library.properties");
  }

  /** Where the application remembers its process. */
  Path pidFile() {
    return librarySettings().resolveSibling("library.pid");
  }

  Path gate(String name) {
    return root.resolve("gates").resolve(name);
  }

  Path watch() {
    return root.resolve("watch");
  }

  Path workerLog() {
    return root.resolve("worker.log");
  }
}
