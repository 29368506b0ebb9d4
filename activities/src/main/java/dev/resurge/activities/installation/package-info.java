/**
 * What one installation of Resurge is: its configuration file, its keys and trust roots, and how
 * referenced secrets are read. Worker and starter both read it.
 */
package dev.resurge.activities.installation;
