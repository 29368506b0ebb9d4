/**
 * The fault matrix: every procedure on real parts, and at every moment something that goes wrong.
 * What it found is {@code docs/fault-matrix.md}.
 */
package dev.resurge.worker.matrix;
