/**
 * Reads tar archives as they stream by, without losing a byte of a name. Java's own strings cannot
 * hold every Linux file name, so names are bytes here; and the archive passes through unchanged, so
 * that what is counted is what is stored.
 */
package dev.resurge.activities.component.files.tar;
