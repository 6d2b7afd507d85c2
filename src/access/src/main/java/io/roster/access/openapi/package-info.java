/**
 * What both services' OpenAPI documents have alike: ids of operations, problems, event
 * streams. A service that describes its API makes
 * {@link io.roster.access.openapi.OperationDefaults} a bean; springdoc is the service's
 * own dependency.
 */
@NullMarked
package io.roster.access.openapi;

import org.jspecify.annotations.NullMarked;
