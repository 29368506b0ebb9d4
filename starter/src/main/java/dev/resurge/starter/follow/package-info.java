/**
 * Staying with a run: showing it, putting its questions to whoever sits there, bringing answers.
 */
package dev.resurge.starter.follow;
