/**
 * What only real platforms show: {@code ./resurge test --lab NAME} sets one up and runs its tests
 * on it.
 */
package dev.resurge.worker.lab;
