/**
 * The activities themselves: thin glue between what procedures ask and what drivers, platforms,
 * store and evidence do. Knows no technology.
 */
package dev.resurge.activities.step;
