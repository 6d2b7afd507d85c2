package io.roster.registry.console;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.roster.registry.problem.InvalidRequestException;
import io.roster.registry.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/**
 * Passes on to the lock service what the console asks it, with the caller's own
 * credentials: a browser speaks to the server of its page only. What it answers is passed
 * back as it is. Hidden, because the lock service describes its API itself.
 */
@Hidden
@RestController
@RequestMapping("/api/v1/lock-service")
@RequiredArgsConstructor
class LockServiceController {

	/** What else it answers is for its own caller. */
	private static final Set<MediaType> PASSED = Set.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);

	private final LockService lockService;

	@GetMapping("/locks")
	ResponseEntity<byte[]> locks(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("GET", "/locks", null, authorization);
	}

	@GetMapping("/deadlocks")
	ResponseEntity<byte[]> deadlocks(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("GET", "/deadlocks", null, authorization);
	}

	@GetMapping("/locks/{lock}")
	ResponseEntity<byte[]> lock(@PathVariable String lock, @RequestParam(required = false) @Nullable String limit,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("GET",
				"/locks/" + segment("lock", lock)
						+ ((limit != null) ? "?limit=" + UriUtils.encode(limit, StandardCharsets.UTF_8) : ""),
				null, authorization);
	}

	@PostMapping("/locks/{lock}/leases/{lease}/revoke")
	ResponseEntity<byte[]> revoke(@PathVariable String lock, @PathVariable String lease, @RequestBody byte[] body,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("POST", "/locks/" + segment("lock", lock) + "/leases/" + segment("lease", lease) + "/revoke", body,
				authorization);
	}

	@DeleteMapping("/locks/{lock}/leases/{lease}")
	ResponseEntity<byte[]> forceLease(@PathVariable String lock, @PathVariable String lease,
			@RequestParam(defaultValue = "") String reason,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("DELETE", "/locks/" + segment("lock", lock) + "/leases/" + segment("lease", lease) + forced(reason),
				null, authorization);
	}

	@DeleteMapping("/locks/{lock}/places/{node}")
	ResponseEntity<byte[]> forcePlace(@PathVariable String lock, @PathVariable String node,
			@RequestParam(defaultValue = "") String reason,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		return pass("DELETE", "/locks/" + segment("lock", lock) + "/places/" + segment("node", node) + forced(reason),
				null, authorization);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onNoAnswer(LockServiceException ex) {
		ProblemDetail problem = ((ex.trouble() == LocksView.Trouble.NONE) ? Problem.NO_LOCK_SERVICE
				: Problem.LOCK_SERVICE_UNREACHABLE)
			.because(String.valueOf(ex.getMessage()));
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private ResponseEntity<byte[]> pass(String method, String path, byte @Nullable [] body,
			@Nullable String authorization) {
		HttpResponse<byte[]> answer = this.lockService.call(method, path, body, authorization);
		MediaType type = answer.headers()
			.firstValue(HttpHeaders.CONTENT_TYPE)
			.map(MediaType::parseMediaType)
			.filter((told) -> PASSED.stream().anyMatch((passed) -> passed.equalsTypeAndSubtype(told)))
			.orElseThrow(() -> new LockServiceException(LocksView.Trouble.FAILED,
					"What answers is no lock service (status %d).".formatted(answer.statusCode())));
		ResponseEntity.BodyBuilder passed = ResponseEntity.status(answer.statusCode()).contentType(type);
		answer.headers()
			.firstValue(HttpHeaders.RETRY_AFTER)
			.ifPresent((seconds) -> passed.header(HttpHeaders.RETRY_AFTER, seconds));
		return passed.body(answer.body());
	}

	/** One segment of a path, and never another path. */
	private static String segment(String field, String value) {
		if (value.equals(".") || value.equals("..")) {
			throw new InvalidRequestException(field, "%s is a name, and not '%s'.".formatted(field, value));
		}
		return UriUtils.encode(value, StandardCharsets.UTF_8);
	}

	private static String forced(String reason) {
		return "?force=true&reason=" + UriUtils.encode(reason, StandardCharsets.UTF_8);
	}

}
