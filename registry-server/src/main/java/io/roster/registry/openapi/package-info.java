/**
 * What holds for every operation in the OpenAPI document: its id, its problems, examples
 * of the parameters that many have.
 */
@NullMarked
package io.roster.registry.openapi;

import org.jspecify.annotations.NullMarked;
