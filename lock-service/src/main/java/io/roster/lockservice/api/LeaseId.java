package io.roster.lockservice.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.Parameter;

/**
 * Describes the path variable that names a lease.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(description = "The lease's id: a UUID of the client's, new for each acquisition.",
		example = "5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11")
@interface LeaseId {

}
