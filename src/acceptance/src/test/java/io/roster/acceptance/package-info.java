/**
 * Whole-system tests: real processes, started from the applications' executable jars, on
 * real ensembles. Everything here sees everything; nothing else sees this.
 */
@NullMarked
package io.roster.acceptance;

import org.jspecify.annotations.NullMarked;
