/**
 * The measurements of {@code ./resurge bench}: two equal libraries, one kept by the shell commands
 * of the guides, one by Resurge, timed side by side. Resurge is used as people use it: a worker, a
 * Temporal client, runbooks.
 */
package dev.resurge.bench;
