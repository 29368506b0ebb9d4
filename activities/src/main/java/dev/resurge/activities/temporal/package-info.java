/** How Temporal is reached, and in what form payloads go to it: for worker and command line. */
package dev.resurge.activities.temporal;
