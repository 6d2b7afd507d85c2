package io.roster.registry.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.InstanceEdit;
import io.roster.discovery.InstanceEditor;
import io.roster.discovery.InstanceTooLargeException;
import io.roster.discovery.ServiceList;
import io.roster.registry.problem.InvalidRequestException;
import io.roster.registry.problem.NotReadYetException;
import io.roster.registry.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.apache.zookeeper.KeeperException;

import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The instances of a service, one by one.
 */
@Tag(name = "Services")
@RestController
@RequestMapping("/api/v1/services/{name}/instances/{id}")
class InstanceController {

	private static final Duration BOUND = Duration.ofSeconds(10);

	private final Directory directory;

	private final InstanceEditor editor;

	InstanceController(Directory directory, Coordination coordination) {
		this.directory = directory;
		this.editor = new InstanceEditor(coordination);
	}

	@Operation(summary = "Drain an instance, take it out of service or put it back, or change its metadata",
			description = "Written into its znode, whoever has registered it; no consumer sends it new requests unless it "
					+ "is UP. It outlives the application's own writes, and its session, until UP is set.")
	@ApiResponse(responseCode = "200", description = "The instance as it is now.",
			content = @Content(schema = @Schema(implementation = InstanceView.class)))
	@ApiResponse(responseCode = "404", description = "There is no such instance.")
	@ApiResponse(responseCode = "409", description = "Its data is of another program's form, without a status.")
	@PatchMapping
	CompletableFuture<ResponseEntity<Object>> patch(@PathVariable String name, @PathVariable String id,
			@RequestBody InstancePatch body) {
		InstanceEdit edit = body.toEdit();
		ServiceList list = this.directory.instances(name);
		if (!list.loaded()) {
			throw new NotReadYetException(this.directory.refusal());
		}
		return list.instances()
			.stream()
			.filter((instance) -> instance.id().equals(id) && !instance.suspect())
			.findFirst()
			.map((instance) -> this.editor.edit(instance, edit)
				.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS)
				.handle((edited, failure) -> (failure != null) ? refused(instance, failure)
						: ResponseEntity.<Object>ok(InstanceView.of(edited))))
			.orElseGet(() -> CompletableFuture.completedFuture(unknown(name, id)));
	}

	private static ResponseEntity<Object> refused(Instance instance, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof KeeperException.NoNodeException) {
			return unknown(instance.name(), instance.id());
		}
		if (cause instanceof InstanceTooLargeException) {
			throw new InvalidRequestException("metadata", "This cannot be: " + cause.getMessage() + ".");
		}
		if (cause instanceof IllegalArgumentException) {
			return problem(Problem.FOREIGN_INSTANCE
				.because("Instance '%s' cannot be changed here: %s.".formatted(instance.id(), cause.getMessage())));
		}
		throw new CompletionException(cause);
	}

	private static ResponseEntity<Object> unknown(String name, String id) {
		return problem(Problem.NO_SUCH_INSTANCE.because("Service '%s' has no instance '%s'.".formatted(name, id)));
	}

	private static ResponseEntity<Object> problem(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
