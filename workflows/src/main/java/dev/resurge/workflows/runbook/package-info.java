/** The runbook file: its records, how it is read, every error it can have, and its JSON schema. */
package dev.resurge.workflows.runbook;
