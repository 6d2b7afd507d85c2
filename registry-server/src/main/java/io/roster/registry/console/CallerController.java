package io.roster.registry.console;

import io.roster.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says who is asking, so that a page can leave out what he may not do.
 */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/caller")
class CallerController {

	@Operation(summary = "Who is asking", description = "The principal of the credentials, and its role.")
	@GetMapping
	CallerView caller(HttpServletRequest request) {
		return CallerView.of(Caller.of(request).orElseThrow());
	}

}
