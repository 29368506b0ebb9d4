/** The worker process: configuration, wiring, health. Does not know how a procedure works. */
package dev.resurge.worker;
