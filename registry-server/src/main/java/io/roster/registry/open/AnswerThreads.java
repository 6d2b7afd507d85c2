package io.roster.registry.open;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The threads that make and write what open requests are told, so that the ensemble's
 * event thread does not. No {@link Executor}, because a bean of that type would take the
 * place of Spring MVC's own.
 */
@Component
public class AnswerThreads {

	private static final String PREFIX = "answer-";

	private final Executor executor;

	AnswerThreads(Environment environment) {
		this.executor = executor(environment);
	}

	/**
	 * A thread for each task at work. Their number has no other bound, because a write to
	 * a reader that does not read blocks for as long as the web server lets it, and must
	 * not block the others.
	 */
	private static Executor executor(Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor(PREFIX);
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory(PREFIX);
		threads.setDaemon(true);
		return Executors.newCachedThreadPool(threads);
	}

	/**
	 * Does something soon, on another thread.
	 * @param task what to do
	 */
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

}
