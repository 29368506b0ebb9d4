/**
 * How a person who comes to the worker's pages is known: signed links, and what the worker then
 * says for that person. {@code docs/approving.md} says what links protect against.
 */
package dev.resurge.activities.link;
