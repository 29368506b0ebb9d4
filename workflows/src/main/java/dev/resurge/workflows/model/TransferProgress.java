package dev.resurge.workflows.model;

/**
 * What a long activity's heartbeat says.
 *
 * @param doing a few words, such as {@code data-0} or {@code creating indexes}
 * @param doneBytes bytes moved so far
 * @param totalBytes bytes there will be, or 0 if unknown
 */
public record TransferProgress(String doing, long doneBytes, long totalBytes) {}
