/**
 * The command line. It starts, watches and answers runs through Temporal and reads sets, evidence
 * and keys itself, so that it serves without a worker. It knows no platform and no component.
 */
package dev.resurge.starter;
