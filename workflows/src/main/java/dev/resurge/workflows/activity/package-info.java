/**
 * What procedures ask of the world: one interface per concern, implemented in {@code activities}.
 */
package dev.resurge.workflows.activity;
