/** Commands of one's own at fixed places of a procedure. */
package dev.resurge.activities.hook;
