/**
 * Clients that are generated from the OpenAPI document.
 */
@NullMarked
package io.roster.acceptance.client;

import org.jspecify.annotations.NullMarked;
