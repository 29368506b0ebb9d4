package dev.resurge.worker.world;

/**
 * All data of a system at a moment, as digests that are equal exactly if the data is.
 *
 * @param books how many there are, for messages that people read
 * @param database of every row and large object
 * @param files of every name, mode and content
 */
public record LiveData(long books, String database, String files) {}
