/** One class per command: what it takes, what it does through {@code World}, what it answers. */
package dev.resurge.starter.command;
