/**
 * A small but real application for Resurge to protect: a library of documents in PostgreSQL with
 * its attachments as files. It knows nothing of Resurge.
 */
package dev.resurge.library;
