/**
 * One directory with all that is in it: captured with GNU tar, counted from tar's own stream,
 * restored beside the live directory and swapped with it by two names' exchange. {@code
 * FilesDriver} is the door; {@code tar} reads archives.
 */
package dev.resurge.activities.component.files;
