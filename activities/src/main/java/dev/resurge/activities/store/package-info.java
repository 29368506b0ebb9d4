/**
 * The store format: sets, claims, journals and target claims on top of any ArtifactStore. {@code
 * docs/format.md} specifies what is written here; nothing outside this package knows where in the
 * store a set lies.
 */
package dev.resurge.activities.store;
