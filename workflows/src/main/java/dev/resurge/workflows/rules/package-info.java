/** What is expected of the sets a store holds, decided from facts alone. */
package dev.resurge.workflows.rules;
