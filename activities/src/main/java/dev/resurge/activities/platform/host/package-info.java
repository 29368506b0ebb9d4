/**
 * The machine the worker runs on: its programs ({@code HostShell}) and the workloads that are
 * processes or systemd units ({@code HostWorkloads}). Linux only, for it reads {@code /proc}.
 */
package dev.resurge.activities.platform.host;
