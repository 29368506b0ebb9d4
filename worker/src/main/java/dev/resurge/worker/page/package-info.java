/**
 * What all pages of the worker have in common: their look, what they tell browsers, who is logged
 * in, and why somebody does not get what was asked for.
 */
package dev.resurge.worker.page;
