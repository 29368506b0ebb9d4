/** The schedules of runbooks, as Temporal keeps them: for worker and command line. */
package dev.resurge.activities.schedule;
