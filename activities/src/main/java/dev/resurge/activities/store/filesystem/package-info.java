/** A store on a mounted file system. */
package dev.resurge.activities.store.filesystem;
