package io.roster.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A service with calls of all kinds.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TestApplication {

	@Bean
	AccessRules accessRules() {
		return AccessRules.lookOrOperate()
			.require(Role.CLIENT, HttpMethod.POST, "/later/{status}")
			.require(Role.CLIENT, HttpMethod.POST, "/body")
			.require(Role.CLIENT, HttpMethod.PUT, "/renewal")
			.require(Role.CLIENT, HttpMethod.POST, "/fails")
			.renewal(HttpMethod.PUT, "/renewal")
			.open("/page");
	}

	@RestController
	static class Calls {

		private final Executor another = (task) -> new Thread(task, "another-thread").start();

		@GetMapping("/who")
		String who(HttpServletRequest request) {
			return "%s viewer:%s client:%s operator:%s".formatted(request.getUserPrincipal().getName(),
					request.isUserInRole("viewer"), request.isUserInRole("client"), request.isUserInRole("operator"));
		}

		@PostMapping("/later/{status}")
		DeferredResult<ResponseEntity<String>> later(@PathVariable int status, HttpServletRequest request) {
			DeferredResult<ResponseEntity<String>> result = new DeferredResult<>();
			String name = Caller.of(request).orElseThrow().name();
			CompletableFuture<Boolean> unused = CompletableFuture
				.supplyAsync(() -> result.setResult(ResponseEntity.status(status).body(name)), this.another);
			return result;
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			SseEmitter emitter = new SseEmitter(0L);
			this.another.execute(() -> {
				try {
					emitter.send("one");
					emitter.send("two");
					emitter.complete();
				}
				catch (java.io.IOException ex) {
					emitter.completeWithError(ex);
				}
			});
			return emitter;
		}

		@PostMapping("/body")
		int body(@RequestBody byte[] body) {
			return body.length;
		}

		@PutMapping("/renewal")
		void renewal() {
		}

		@PostMapping("/fails")
		void fails() {
			throw new IllegalStateException("meant");
		}

		@PostMapping("/closed")
		void closed() {
		}

		@GetMapping("/page")
		String page() {
			return "open";
		}

	}

}
