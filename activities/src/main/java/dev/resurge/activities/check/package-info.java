/**
 * Asks the runbook's checks of staged copies and of the live system. Manual checks are not asked
 * here: the workflow asks people.
 */
package dev.resurge.activities.check;
