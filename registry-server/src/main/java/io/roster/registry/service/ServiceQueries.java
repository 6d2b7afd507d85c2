package io.roster.registry.service;

import java.time.Duration;

import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceList;
import io.roster.registry.open.AnswerThreads;
import io.roster.registry.open.OpenRequests;
import io.roster.registry.problem.NotReadYetException;
import lombok.RequiredArgsConstructor;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers from the directory. A directory that has never been read has no answer: its
 * lists are empty because nothing is known.
 */
@Component
@RequiredArgsConstructor
class ServiceQueries {

	private final Directory directory;

	private final OpenRequests requests;

	private final AnswerThreads threads;

	private final ServiceViews views;

	ResponseEntity<CatalogView> services() {
		ServiceCatalog catalog = this.directory.services();
		if (!catalog.loaded()) {
			throw new NotReadYetException(this.directory.refusal());
		}
		CatalogView view = CatalogView.of(catalog);
		return ResponseEntity.ok().cacheControl(CacheControl.noCache()).eTag(view.etag()).body(view);
	}

	ResponseEntity<ServiceView> service(String name) {
		ServiceList list = this.directory.instances(name);
		if (!list.loaded()) {
			throw new NotReadYetException(this.directory.refusal());
		}
		ServiceView view = this.views.of(list);
		return ResponseEntity.ok().cacheControl(CacheControl.noCache()).eTag(view.etag()).body(view);
	}

	/**
	 * Answers when the list is not that of a revision, or is still the same after the
	 * wait. No thread waits.
	 */
	DeferredResult<ResponseEntity<ServiceView>> service(String name, String revision, Duration wait) {
		DeferredResult<ResponseEntity<ServiceView>> result = new DeferredResult<>(wait.toMillis());
		Runnable answer = () -> answer(name, result);
		if (wait.isZero()) {
			// To Spring MVC this is no time limit at all.
			answer.run();
			return result;
		}
		result.onTimeout(answer);
		Subscription subscription = this.directory.subscribe(name, (event) -> {
			if (!event.revision().equals(revision)) {
				this.threads.execute(answer);
			}
		});
		Runnable forget = this.requests.add(answer);
		result.onCompletion(() -> {
			subscription.close();
			forget.run();
		});
		return result;
	}

	private void answer(String name, DeferredResult<ResponseEntity<ServiceView>> result) {
		try {
			result.setResult(service(name));
		}
		catch (NotReadYetException ex) {
			result.setErrorResult(ex);
		}
	}

}
