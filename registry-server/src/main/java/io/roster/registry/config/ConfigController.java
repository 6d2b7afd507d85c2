package io.roster.registry.config;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.roster.access.Caller;
import io.roster.registry.open.AnswerThreads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The configuration of applications.
 */
@Tag(name = "Configuration",
		description = "Properties as spring-cloud-zookeeper-config reads them. They are no secrets: "
				+ "whoever may look sees them.")
@RestController
@RequestMapping("/api/v1/config")
@RequiredArgsConstructor
class ConfigController {

	private static final Duration BOUND = Duration.ofSeconds(2);

	private final ConfigTree tree;

	private final ConfigWriter writer;

	private final ConfigProperties properties;

	private final AnswerThreads threads;

	@Operation(summary = "Whose configuration there is",
			description = "Applications, 'application' for what holds for all of them, and either with a profile.")
	@GetMapping
	CompletableFuture<ResponseEntity<ApplicationsView>> applications() {
		return caughtUp(this.tree::applications);
	}

	@Operation(summary = "The properties of an application, and who has written each one when")
	@GetMapping("/{application}")
	CompletableFuture<ResponseEntity<ApplicationView>> application(
			@Parameter(example = "bikesvc") @PathVariable String application) {
		String valid = PropertyKey.validApplication(application);
		return caughtUp(() -> this.tree.application(valid));
	}

	@Operation(summary = "The versions of a property, the latest first",
			description = "As many as roster.config.versions. To roll back, PUT an old value with the If-Match of the "
					+ "version that stands there.")
	@ApiResponse(responseCode = "404", description = "There is no such property, and there was none.")
	@GetMapping("/{application}/{key}/versions")
	CompletableFuture<ResponseEntity<VersionsView>> versions(
			@Parameter(example = "bikesvc") @PathVariable String application,
			@Parameter(example = "ride.price") @PathVariable String key) {
		PropertyKey valid = PropertyKey.valid(application, key);
		return caughtUp(() -> this.tree.versions(valid));
	}

	@Operation(summary = "Write a property; running applications get it at once",
			description = "With If-Match only while that version stands there, with If-None-Match: * only if there is none.")
	@ApiResponse(responseCode = "412", description = "Another version stands there; nothing was changed.")
	@PutMapping("/{application}/{key}")
	CompletableFuture<ResponseEntity<PropertyView>> write(
			@Parameter(example = "bikesvc") @PathVariable String application,
			@Parameter(example = "ride.price") @PathVariable String key, @RequestBody ValueBody body,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
			HttpServletRequest request) {
		PropertyKey valid = PropertyKey.valid(application, key);
		Precondition condition = Precondition.of(ifMatch, ifNoneMatch);
		String value = body.checked(this.properties.maxValueSize().toBytes());
		return this.writer.write(valid, value, condition, caller(request))
			.thenApply((written) -> ResponseEntity.ok()
				.eTag("\"" + written.version() + "\"")
				.body(new PropertyView(value, written.version(), written.by(), written.at())));
	}

	@Operation(summary = "Take a property away; running applications go back to their own value",
			description = "With If-Match only while that version stands there. Its versions are kept.")
	@ApiResponse(responseCode = "404", description = "There is no such property.")
	@ApiResponse(responseCode = "412", description = "Another version stands there; nothing was changed.")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@DeleteMapping("/{application}/{key}")
	CompletableFuture<ResponseEntity<@Nullable Void>> delete(
			@Parameter(example = "bikesvc") @PathVariable String application,
			@Parameter(example = "ride.price") @PathVariable String key,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			HttpServletRequest request) {
		return this.writer
			.write(PropertyKey.valid(application, key), null, Precondition.of(ifMatch, null), caller(request))
			.thenApply((written) -> ResponseEntity.noContent().build());
	}

	/** During an outage the last known is answered, and says that it is stale. */
	private <T> CompletableFuture<ResponseEntity<T>> caughtUp(Supplier<T> view) {
		return this.tree.caughtUp()
			.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS)
			.handleAsync((done, failure) -> ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(view.get()),
					this.threads::execute);
	}

	private static String caller(HttpServletRequest request) {
		return Caller.of(request).map(Caller::name).orElse(Caller.ANONYMOUS);
	}

}
