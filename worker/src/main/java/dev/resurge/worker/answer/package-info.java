/**
 * The pages and the HTTP API by which people read a plan and answer. Who comes is known by a link
 * or by the header of a trusted proxy, never by what a form says; reading changes nothing.
 */
package dev.resurge.worker.answer;
