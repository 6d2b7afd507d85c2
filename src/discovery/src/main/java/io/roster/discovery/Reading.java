package io.roster.discovery;

import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes lists of what the mirrors say: which nodes are instances, which of them are
 * listed, and which losses are doubted. Used under the directory's lock.
 */
final class Reading {

	private static final Logger log = LoggerFactory.getLogger(Reading.class);

	/**
	 * How long the first lists wait for Curator's layout, which may be unreadable for
	 * reasons of its own, when the sequential one has been read.
	 */
	private static final long PATIENCE = 2_000_000_000L;

	private final Layouts layouts;

	private final List<Source> sources;

	private final LongSupplier ticker;

	private final Roll roll = new Roll();

	private final Doubts doubts;

	private ServiceIndex index = ServiceIndex.unread();

	private boolean remembers;

	private boolean complete;

	private long someReadAt;

	Reading(Layouts layouts, List<Source> sources, DirectoryOptions options) {
		this.layouts = layouts;
		this.sources = sources;
		this.ticker = options.ticker();
		this.doubts = new Doubts(options.suspectGrace());
	}

	/** Whether the ensemble has been read, so that the lists are the ensemble's. */
	boolean complete() {
		return this.complete;
	}

	/** Begins with what was known before a restart. */
	IndexUpdate remember(Collection<Member> members) {
		this.remembers = true;
		Turn turn = new Turn();
		members.forEach((each) -> this.roll.put(each, turn));
		return finish(turn, false);
	}

	IndexUpdate take(Source source, MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			return synced(source, synced.snapshot());
		}
		Turn turn = new Turn();
		if (event instanceof MirrorEvent.Changed changed) {
			change(source, changed.change(), turn);
		}
		return finish(turn, false);
	}

	/** What the mere passing of time does. */
	IndexUpdate tick() {
		IndexUpdate update = new IndexUpdate(this.index);
		this.doubts.expire(update, this.ticker.getAsLong());
		boolean sequential = this.sources.get(0).read();
		if (!this.complete && sequential && this.ticker.getAsLong() - this.someReadAt > PATIENCE) {
			log.warn("{} cannot be read yet: going on without the instances of plain Spring Cloud ZooKeeper",
					this.layouts.curatorRoot());
			this.complete = true;
		}
		return publishable(update);
	}

	private IndexUpdate synced(Source source, Snapshot snapshot) {
		boolean first = !source.read();
		if (!first || this.remembers) {
			this.doubts.ensembleReturned(this.ticker.getAsLong());
		}
		Turn turn = new Turn();
		this.roll.all()
			.stream()
			.filter((each) -> source.holds(each.instance().layout()) && !stands(each, snapshot))
			.forEach((each) -> this.roll.remove(each, turn));
		nodes(source, snapshot).forEach((node) -> put(source, node, turn));
		source.markRead();
		this.someReadAt = this.complete ? this.someReadAt : this.ticker.getAsLong();
		this.complete |= this.sources.stream().allMatch(Source::read);
		return finish(turn, first);
	}

	private static boolean stands(Member member, Snapshot snapshot) {
		return snapshot.node(member.path()).filter((node) -> node.czxid() == member.czxid()).isPresent();
	}

	private Stream<Node> nodes(Source source, Snapshot snapshot) {
		Stream<Node> sequential = source.holds(Layout.SEQUENTIAL) ? snapshot.children(this.layouts.root()).stream()
				: Stream.empty();
		String above = this.layouts.curatorRoot();
		Stream<Node> curator = (above != null && source.holds(Layout.CURATOR))
				? snapshot.children(above).stream().flatMap((service) -> snapshot.children(service.path()).stream())
				: Stream.empty();
		return Stream.concat(sequential, curator);
	}

	private void change(Source source, NodeChange change, Turn turn) {
		if (change instanceof NodeChange.Created created) {
			put(source, created.node(), turn);
		}
		else if (change instanceof NodeChange.Updated updated) {
			put(source, updated.after(), turn);
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			remove(source, deleted, turn);
		}
	}

	private void put(Source source, Node node, Turn turn) {
		Member known = known(source, node);
		if (known != null && known.czxid() == node.czxid() && known.revision() == Member.revision(node)) {
			return;
		}
		Layouts.Place place = this.layouts.place(node.path());
		Member member = (place != null && source.holds(place.layout())) ? this.layouts.member(node) : null;
		if (member != null) {
			this.roll.put(member, turn);
		}
		else if (known != null) {
			this.roll.remove(known, turn);
		}
	}

	private void remove(Source source, NodeChange.Deleted deleted, Turn turn) {
		Member known = known(source, deleted.node());
		if (known != null && known.czxid() == deleted.node().czxid()) {
			if (deleted.rewritten()) {
				turn.orderly(known);
			}
			this.roll.remove(known, turn);
		}
	}

	private @Nullable Member known(Source source, Node node) {
		Member known = this.roll.at(node.path());
		return (known != null && source.holds(known.instance().layout())) ? known : null;
	}

	private IndexUpdate finish(Turn turn, boolean first) {
		IndexUpdate update = new IndexUpdate(this.index);
		this.doubts.apply(turn, this.roll, update, this.ticker.getAsLong(), first);
		return publishable(update);
	}

	private IndexUpdate publishable(IndexUpdate update) {
		if (this.complete || this.remembers) {
			update.loaded();
		}
		this.index = update.index();
		return update;
	}

}
