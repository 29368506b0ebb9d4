package dev.resurge.workflows.retention;

import dev.resurge.workflows.model.SetId;

/**
 * A committed set whose manifest cannot be read or is not believed.
 *
 * @param why with its type of error
 */
public record UnbelievedSet(SetId set, String why) {}
