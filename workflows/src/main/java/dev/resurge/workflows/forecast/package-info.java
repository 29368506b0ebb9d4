/** How long a run will take, judged from what earlier runs took; pure. */
package dev.resurge.workflows.forecast;
