/**
 * What the OpenAPI document says beyond the annotations of the controllers: examples.
 */
@NullMarked
package io.roster.registry.openapi;

import org.jspecify.annotations.NullMarked;
