/**
 * The runbook file: its records, how it is read, every error it can have, and its JSON schema.
 *
 * <p>The records are the only source. {@code Shape} reads them, with what {@code Written}, {@code
 * Between} and {@code ExactlyOneOf} declare on their fields; from it come the checks ({@code
 * ShapeCheck}), the schema ({@code RunbookSchema}) and the reference ({@code RunbookReference}). A
 * new field is a new record component with a description; a new rule across fields goes to {@code
 * RunbookRules} or {@code TargetRules}, with a case in the tests' {@code errors.yaml}. Nothing here
 * does I/O.
 */
package dev.resurge.workflows.runbook;
