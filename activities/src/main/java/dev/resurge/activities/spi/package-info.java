/**
 * What everything plugs into: where (Platform), what (ComponentDriver), to where (ArtifactStore). A
 * new technology implements one of these in a package of its own.
 */
package dev.resurge.activities.spi;
