/** A real browser, and the pages of Temporal's UI as a person uses them. */
package dev.resurge.worker.browser;
