/** What {@code ./resurge up} leaves running on this machine: Temporal and a worker. */
package dev.resurge.starter.stack;
