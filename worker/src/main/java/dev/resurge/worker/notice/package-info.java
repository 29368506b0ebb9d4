/** What the worker itself tells people, and the pages that notices lead to. */
package dev.resurge.worker.notice;
