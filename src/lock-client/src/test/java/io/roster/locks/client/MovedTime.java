package io.roster.locks.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that is moved by hand, and what is to run in it. Starts shortly before its ticker
 * overflows.
 */
final class MovedTime implements Timer {

	private final List<Task> tasks = new ArrayList<>();

	private long now = Long.MAX_VALUE - 1_000;

	synchronized long now() {
		return this.now;
	}

	@Override
	public synchronized Runnable after(Duration delay, Runnable task) {
		Task later = new Task(this.now + delay.toNanos(), task);
		this.tasks.add(later);
		return () -> cancel(later);
	}

	private synchronized void cancel(Task task) {
		this.tasks.remove(task);
	}

	/** What is still to run. */
	synchronized int waiting() {
		return this.tasks.size();
	}

	/** Moves time and runs what is due on the way, each at its time. */
	void pass(Duration time) {
		long until = now() + time.toNanos();
		Optional<Task> next = takeDue(until);
		while (next.isPresent()) {
			next.get().task.run();
			next = takeDue(until);
		}
		setNow(until);
	}

	/** Moves time and runs nothing, as if this process had been paused. */
	synchronized void jump(Duration time) {
		this.now += time.toNanos();
	}

	private synchronized void setNow(long to) {
		this.now = to;
	}

	private synchronized Optional<Task> takeDue(long until) {
		Optional<Task> first = this.tasks.stream()
			.filter((task) -> task.at - until <= 0)
			.min(Comparator.comparingLong((task) -> task.at - this.now));
		first.ifPresent((task) -> {
			this.tasks.remove(task);
			this.now = (task.at - this.now > 0) ? task.at : this.now;
		});
		return first;
	}

	private static final class Task {

		private final long at;

		private final Runnable task;

		Task(long at, Runnable task) {
			this.at = at;
			this.task = task;
		}

	}

}
