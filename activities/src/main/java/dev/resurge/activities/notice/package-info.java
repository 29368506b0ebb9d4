/** Telling people: who is told what, and the services that pass it on. */
package dev.resurge.activities.notice;
