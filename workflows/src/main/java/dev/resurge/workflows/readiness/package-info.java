/** Whether a system could be brought back now, decided from sets and evidence alone. */
package dev.resurge.workflows.readiness;
