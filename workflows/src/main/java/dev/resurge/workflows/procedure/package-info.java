/** The procedures: short deterministic workflow classes that read like the guide they replace. */
package dev.resurge.workflows.procedure;
