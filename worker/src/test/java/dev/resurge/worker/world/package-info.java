/**
 * A small real world for whole runs: a database, files, an application process, a store, keys, a
 * runbook, Temporal and a worker. Built in one line, gone without a trace.
 */
package dev.resurge.worker.world;
