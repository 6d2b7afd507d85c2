package io.roster.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.EnsembleStatus;
import io.roster.ensemble.MemberAddress;
import io.roster.ensemble.MemberStatus;
import io.roster.ensemble.MemberStatus.Role;

/**
 * Asks the members once a second for their roles, and shows what has changed: members
 * tell nobody of it by themselves.
 */
final class EnsembleWatch implements AutoCloseable {

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final List<MemberAddress> members;

	private final Console console;

	private final Map<Integer, Role> roles = new TreeMap<>();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "ensemble-watch");
		thread.setDaemon(true);
		return thread;
	});

	private boolean quorum;

	EnsembleWatch(List<MemberAddress> members, Console console) {
		this.members = List.copyOf(members);
		this.console = console;
	}

	void start() {
		Objects.requireNonNull(
				this.executor.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS));
	}

	/** Whether there was a quorum when the members were asked last. */
	synchronized boolean hasQuorum() {
		return this.quorum;
	}

	private void look() {
		EnsembleStatus status = EnsembleStatus.of(this.members, PERIOD);
		List<MemberStatus> asked = status.members();
		for (int id = 1; id <= this.members.size(); id++) {
			show(id, asked.get(id - 1));
		}
		judge(status);
	}

	private void show(int id, MemberStatus member) {
		Role role = member.role();
		Role before = Objects.requireNonNullElse(this.roles.put(id, role), Role.UNREACHABLE);
		if (role == before) {
			return;
		}
		this.console.event(switch (role) {
			case LEADER -> "member " + id + " leads, epoch " + member.epoch();
			case UNREACHABLE -> "member " + id + " " + member.problem();
			default -> "member " + id + " is " + role.text();
		});
	}

	private synchronized void judge(EnsembleStatus status) {
		if (this.quorum && !status.quorum()) {
			this.console.event("no quorum: " + status.describe());
		}
		this.quorum = status.quorum();
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
