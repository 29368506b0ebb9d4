/** Runs as Temporal knows them: started, looked at, answered and cancelled. */
package dev.resurge.starter.runs;
