/**
 * The conductor of {@code ./resurge demo}: sets up a real system in a folder of its own, breaks it
 * and lets Resurge bring it back. It uses Resurge as people do, through its commands.
 */
package dev.resurge.demo;
