/** What lies in stores and folders: sets, evidence, runbooks. None of it needs a worker. */
package dev.resurge.starter.archive;
