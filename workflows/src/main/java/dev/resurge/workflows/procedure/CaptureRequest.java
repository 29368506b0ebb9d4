package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.runbook.Runbook;

/** What the child that holds the data lock is to capture. */
public record CaptureRequest(Run run, Runbook runbook, SetDraft draft) {}
