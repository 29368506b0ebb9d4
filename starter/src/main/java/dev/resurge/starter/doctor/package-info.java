/** Finds what would fail on the bad day while there is time to mend it. */
package dev.resurge.starter.doctor;
