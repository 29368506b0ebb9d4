/**
 * The signed report of a run: how it is written, shown (Markdown, HTML) and verified. {@code
 * docs/evidence.md} says what is in it and how an auditor checks it without Resurge.
 */
package dev.resurge.activities.evidence;
