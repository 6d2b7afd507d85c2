/**
 * Faults, each a named test: an ensemble, providers and a consumer, each a process of its
 * own, and the consumer's requests counted while something goes wrong. {@code ./mvnw
 * -Pfaults} runs all of them; those that are tagged {@code core} run in every build.
 */
@NullMarked
package io.roster.acceptance.faults;

import org.jspecify.annotations.NullMarked;
