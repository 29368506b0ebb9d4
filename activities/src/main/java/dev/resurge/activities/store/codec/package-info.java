/**
 * How an artifact's bytes are stored: zstd, then age, hashed as stored. Streams only; knows no sets
 * and no keys of the store.
 */
package dev.resurge.activities.store.codec;
