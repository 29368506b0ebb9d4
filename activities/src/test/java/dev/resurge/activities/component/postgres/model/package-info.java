/**
 * A PostgreSQL server in memory, and its client programs, for trying the real driver and whole
 * procedures with a fault at every call. It answers exactly what the driver asks; {@code
 * PostgresContract} tells over it and over a real server what it must have in common with one.
 */
package dev.resurge.activities.component.postgres.model;
