/**
 * What the demonstration and the measurements stand on: a folder of their own with a PostgreSQL
 * server, applications, Temporal and a worker in it, as real processes that are ended in order
 * whatever happens.
 */
package dev.resurge.scenery;
