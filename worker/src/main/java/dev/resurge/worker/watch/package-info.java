/** Looks all the time whether every system could be brought back, and tells who listens. */
package dev.resurge.worker.watch;
