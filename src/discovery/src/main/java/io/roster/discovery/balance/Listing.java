package io.roster.discovery.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

import io.roster.discovery.balance.Group.Entry;

/**
 * One list of instances, sorted out once and not for each request. Those of the own zone
 * come first, then all that want requests, then all.
 *
 * @param <T> what stands for an instance
 */
final class Listing<T> {

	private final List<T> instances;

	private final List<Entry<T>> entries;

	private final Group<T> near;

	private final Group<T> wanting;

	private final Group<T> all;

	Listing(List<T> instances, List<Entry<T>> entries, LongUnaryOperator random) {
		this.instances = instances;
		this.entries = entries;
		this.near = group((entry) -> entry.near() && entry.load().weight() > 0, random);
		this.wanting = group((entry) -> entry.load().weight() > 0, random);
		this.all = new Group<>(entries, random);
	}

	private Group<T> group(Predicate<Entry<T>> part, LongUnaryOperator random) {
		List<Entry<T>> chosen = new ArrayList<>(this.entries.size());
		for (Entry<T> entry : this.entries) {
			if (part.test(entry)) {
				chosen.add(entry);
			}
		}
		return new Group<>(chosen, random);
	}

	boolean isOf(List<T> others) {
		return this.instances == others;
	}

	List<Entry<T>> entries() {
		return this.entries;
	}

	Entry<T> least(long now) {
		Entry<T> least = this.near.leastUsable(now);
		if (least == null) {
			least = this.wanting.leastUsable(now);
		}
		return (least != null) ? least : this.all.leastOfAll(now);
	}

}
