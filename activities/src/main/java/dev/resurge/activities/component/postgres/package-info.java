/**
 * PostgreSQL databases: captured in one snapshot over several streams, built beside the live
 * database, swapped in by renaming. {@link
 * dev.resurge.activities.component.postgres.PostgresDriver} is the way in.
 */
package dev.resurge.activities.component.postgres;
