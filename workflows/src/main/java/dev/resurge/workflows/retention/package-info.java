/** Which sets stay: a decision from facts alone, without a look at the world. */
package dev.resurge.workflows.retention;
