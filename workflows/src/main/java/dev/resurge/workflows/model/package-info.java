/** The words of DESIGN.md §1 as immutable types: what goes into and comes out of workflows. */
package dev.resurge.workflows.model;
