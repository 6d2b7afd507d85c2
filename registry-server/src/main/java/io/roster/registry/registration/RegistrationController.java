package io.roster.registry.registration;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.roster.access.Caller;
import io.roster.access.Role;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceTooLargeException;
import io.roster.discovery.ServiceName;
import io.roster.registry.problem.DurationText;
import io.roster.registry.problem.InvalidRequestException;
import io.roster.registry.problem.Problem;
import io.roster.registry.service.InstanceView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Registration for programs without a ZooKeeper client.
 */
@Tag(name = "Services")
@RestController
@RequestMapping("/api/v1/services/{name}/instances")
@RequiredArgsConstructor
class RegistrationController {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final Registrations registrations;

	private final RegistrationProperties properties;

	@Operation(summary = "Register an instance, for programs without a ZooKeeper client",
			description = "It stands among the others until its TTL has passed without a heartbeat, whichever replica "
					+ "that was sent to.")
	@ApiResponse(responseCode = "201", description = "It is registered; Location is its address here.")
	@ApiResponse(responseCode = "503",
			description = "The ensemble cannot be reached. Whatever was made goes with its TTL.")
	@ResponseStatus(HttpStatus.CREATED)
	@PostMapping
	CompletableFuture<ResponseEntity<RegisteredView>> register(@PathVariable String name,
			@RequestBody RegistrationBody body, HttpServletRequest request) {
		String service = valid(name);
		InstanceData data = body.checkedData();
		Duration ttl = body.checkedTtl(this.properties);
		Owner caller = caller(request);
		try {
			return bounded(this.registrations.register(service, data, ttl, caller.name()))
				.thenApply((registered) -> ResponseEntity.created(location(registered)).body(view(registered)));
		}
		catch (InstanceTooLargeException ex) {
			throw new InvalidRequestException("metadata", "This cannot be: " + ex.getMessage() + ".");
		}
	}

	@Operation(summary = "Keep a registered instance for another TTL",
			description = "Send one every third of the TTL, to any replica. What was written less than a third of the "
					+ "TTL ago is not written again, so that expiresInMs may be less than the TTL, and never less than "
					+ "two thirds of it.")
	@ApiResponse(responseCode = "200", description = "It stays.")
	@ApiResponse(responseCode = "403", description = "Another principal has registered it.")
	@ApiResponse(responseCode = "409", description = "It was not registered over REST: its own session keeps it.")
	@ApiResponse(responseCode = "410", description = "It has expired or was removed: register it again.")
	@PutMapping("/{id}/heartbeat")
	CompletableFuture<RegisteredView> heartbeat(@PathVariable String name, @PathVariable String id,
			HttpServletRequest request) {
		if (!isOf(valid(name), id)) {
			throw new Refused(Refused.Reason.GONE, "Service '" + name + "' has no registration '" + id + "'.");
		}
		return bounded(this.registrations.heartbeat(id, caller(request))).thenApply(RegistrationController::view);
	}

	@Operation(summary = "End a registration", description = "Consumers drop the instance at once.")
	@ApiResponse(responseCode = "204", description = "It is gone, now or before.")
	@ApiResponse(responseCode = "403", description = "Another principal has registered it.")
	@ApiResponse(responseCode = "409", description = "It was not registered over REST: its own session keeps it.")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@DeleteMapping("/{id}")
	CompletableFuture<ResponseEntity<@Nullable Void>> deregister(@PathVariable String name, @PathVariable String id,
			HttpServletRequest request) {
		if (!isOf(valid(name), id)) {
			return CompletableFuture.completedFuture(ResponseEntity.noContent().build());
		}
		return bounded(this.registrations.deregister(id, caller(request)))
			.thenApply((done) -> ResponseEntity.noContent().build());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onRefusal(Refused refused) {
		Problem problem = switch (refused.reason()) {
			case GONE -> Problem.INSTANCE_GONE;
			case NOT_YOURS -> Problem.NOT_YOURS;
			case FOREIGN -> Problem.FOREIGN_INSTANCE;
		};
		ProblemDetail detail = problem.because(String.valueOf(refused.getMessage()));
		return ResponseEntity.status(detail.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(detail);
	}

	/** With the cause itself as what it fails with. */
	private static <T> CompletableFuture<T> bounded(CompletableFuture<T> call) {
		CompletableFuture<T> bounded = new CompletableFuture<>();
		CompletableFuture<T> unused = call.whenComplete((result, failure) -> {
			if (failure == null) {
				bounded.complete(result);
			}
			else {
				bounded.completeExceptionally((failure instanceof CompletionException && failure.getCause() != null)
						? failure.getCause() : failure);
			}
		});
		return bounded.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static RegisteredView view(Registered registered) {
		return new RegisteredView(InstanceView.of(registered.instance()), DurationText.of(registered.ttl()),
				registered.expiresIn().toMillis());
	}

	private static URI location(Registered registered) {
		return UriComponentsBuilder.fromPath("/api/v1/services/{name}/instances/{id}")
			.encode()
			.build(registered.instance().name(), registered.instance().id());
	}

	/** Whether an id can be one of a service: its name and the ensemble's number. */
	private static boolean isOf(String service, String id) {
		return id.startsWith(service) && id.substring(service.length()).matches("\\d{10}|-\\d{10}");
	}

	private static String valid(String name) {
		try {
			return ServiceName.requireValid(name);
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			throw new InvalidRequestException("name",
					Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".");
		}
	}

	private static Owner caller(HttpServletRequest request) {
		return Caller.of(request)
			.map((caller) -> new Owner(Caller.ANONYMOUS.equals(caller.name()) ? null : caller.name(),
					caller.role() == Role.OPERATOR))
			.orElseGet(() -> new Owner(null, false));
	}

}
