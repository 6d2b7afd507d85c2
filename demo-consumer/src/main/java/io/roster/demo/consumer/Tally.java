package io.roster.demo.consumer;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

/** How many requests each instance has served, since this application started. */
@Component
class Tally {

	/** More than a demo has: beyond it, new names are counted together. */
	private static final int MAX_NAMES = 1_000;

	private final ConcurrentMap<String, LongAdder> served = new ConcurrentHashMap<>();

	private final LongAdder failed = new LongAdder();

	void served(String instance) {
		String name = (this.served.size() < MAX_NAMES) ? instance : "others";
		this.served.computeIfAbsent(name, (key) -> new LongAdder()).increment();
	}

	void failed() {
		this.failed.increment();
	}

	/** Served requests by instance, those that have left included. */
	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.served.forEach((instance, count) -> counts.put(instance, count.sum()));
		return counts;
	}

	long failures() {
		return this.failed.sum();
	}

}
