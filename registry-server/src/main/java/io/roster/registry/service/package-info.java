/**
 * The services and their instances over HTTP: as lists, as lists that wait for a change,
 * and as streams. All of it reads the directory in memory, and none of it asks the
 * ensemble.
 */
@NullMarked
package io.roster.registry.service;

import org.jspecify.annotations.NullMarked;
