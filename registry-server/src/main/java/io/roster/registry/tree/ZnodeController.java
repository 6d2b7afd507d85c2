package io.roster.registry.tree;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.roster.coordination.Coordination;
import io.roster.registry.problem.InvalidRequestException;
import io.roster.streams.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The znodes.
 */
@Tag(name = "Znodes", description = "Every operation of a ZooKeeper client that needs no session of the caller's own.")
@RestController
@RequestMapping("/api/v1/znodes")
@RequiredArgsConstructor
class ZnodeController {

	private static final String ANY = "*";

	private final ZnodeRequests requests;

	private final ProtectedPaths protectedPaths;

	private final Coordination coordination;

	private final EventStreams streams;

	@Operation(summary = "A znode: its data, its stat and the names of its children",
			description = "Data that is no UTF-8 comes as Base64, and so does any data with encoding=base64.")
	@ApiResponse(responseCode = "404", description = "There is no such znode.")
	@GetMapping
	CompletableFuture<ResponseEntity<ZnodeView>> read(@RequestParam String path,
			@RequestParam(defaultValue = ZnodeData.UTF_8) String encoding) {
		if (!encoding.equals(ZnodeData.UTF_8) && !encoding.equals(ZnodeData.BASE64)) {
			throw new InvalidRequestException("encoding", "encoding is utf-8 or base64, and not '" + encoding + "'.");
		}
		return this.requests.read(ProtectedPaths.valid(path), encoding.equals(ZnodeData.BASE64))
			.thenApply((znode) -> ResponseEntity.ok().eTag(quoted(znode.stat().version())).body(znode));
	}

	@Operation(summary = "Make a znode", description = "The parent must be there. Answers with the path as created.")
	@ApiResponse(responseCode = "201", description = "It was made.")
	@ApiResponse(responseCode = "409", description = "There is one already.")
	@PostMapping
	CompletableFuture<ResponseEntity<Map<String, String>>> create(@RequestBody CreateBody body,
			@RequestParam(defaultValue = "false") boolean force) {
		CreateMode mode = body.createMode();
		String path = validNew(body.path(), mode.isSequential());
		byte[] data = ZnodeData.parse(body.data(), body.encoding());
		this.protectedPaths.requireMutable(path, force);
		return this.requests.create(path, data, mode)
			.thenApply((created) -> ResponseEntity
				.created(UriComponentsBuilder.fromPath("/api/v1/znodes")
					.queryParam("path", "{path}")
					.encode()
					.build(created))
				.body(Map.of("path", created)));
	}

	@Operation(summary = "Write the data of a znode",
			description = "With If-Match: \"version\" only while its data has that version.")
	@ApiResponse(responseCode = "412", description = "Its data has another version; nothing was changed.")
	@PutMapping
	CompletableFuture<ResponseEntity<Map<String, Object>>> write(@RequestParam String path, @RequestBody DataBody body,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestParam(defaultValue = "false") boolean force) {
		String valid = ProtectedPaths.valid(path);
		byte[] data = ZnodeData.parse(body.data(), body.encoding());
		int version = version(ifMatch);
		this.protectedPaths.requireMutable(valid, force);
		return this.requests.write(valid, data, version)
			.thenApply((stat) -> ResponseEntity.ok()
				.eTag(quoted(stat.version()))
				.body(Map.of("path", valid, "stat", stat)));
	}

	@Operation(summary = "Delete a znode",
			description = "With recursive=true all below it too, in one transaction: all of it or nothing.")
	@ApiResponse(responseCode = "409", description = "It has children; nothing was changed.")
	@ApiResponse(responseCode = "412", description = "Its data has another version; nothing was changed.")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@DeleteMapping
	CompletableFuture<ResponseEntity<@Nullable Void>> delete(@RequestParam String path,
			@RequestParam(defaultValue = "false") boolean recursive,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestParam(defaultValue = "false") boolean force) {
		String valid = ProtectedPaths.valid(path);
		int version = version(ifMatch);
		this.protectedPaths.requireDeletable(valid, force);
		return (recursive ? this.requests.deleteAll(valid, version) : this.requests.delete(valid, version))
			.thenApply((done) -> ResponseEntity.noContent().build());
	}

	@Operation(summary = "What happens to a znode and its children, or to all below it, as it happens",
			description = "Events: created, changed, deleted, heartbeat. The id is the transaction.")
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@RequestParam String path, @RequestParam(defaultValue = "false") boolean recursive) {
		return this.streams.open(new ZnodeStream(this.coordination, ProtectedPaths.valid(path), recursive));
	}

	private static String validNew(@Nullable String path, boolean sequential) {
		if (path == null) {
			throw new InvalidRequestException("path", "path is missing.");
		}
		try {
			PathUtils.validatePath(path, sequential);
			return path;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("path", ex.getMessage() + ".");
		}
	}

	private static String quoted(int version) {
		return "\"" + version + "\"";
	}

	/** RFC 9110, section 13.1.1, with the version as the tag; quotes may be left out. */
	private static int version(@Nullable String ifMatch) {
		String tag = Optional.ofNullable(ifMatch).orElse(ANY).strip();
		if (tag.equals(ANY)) {
			return ZnodeRequests.ANY_VERSION;
		}
		String number = tag.matches("\".*\"") ? tag.substring(1, tag.length() - 1) : tag;
		if (!number.matches("\\d{1,9}")) {
			throw new InvalidRequestException("If-Match",
					"If-Match is the version of a znode, such as \"3\", and not " + tag + ".");
		}
		return Integer.parseInt(number);
	}

}
