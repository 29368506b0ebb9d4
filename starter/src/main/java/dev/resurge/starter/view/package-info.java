/** What people see: the terminal and the texts written to it. Rendering is pure. */
package dev.resurge.starter.view;
