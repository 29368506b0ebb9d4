/**
 * The console: pages that show how every system stands, for whoever has a minute. They are only
 * read: nothing can be changed here, and nothing is judged here that the watch has not judged.
 */
package dev.resurge.worker.console;
