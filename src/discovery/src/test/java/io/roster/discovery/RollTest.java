package io.roster.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RollTest {

	private final Roll roll = new Roll();

	private final Doubts doubts = new Doubts(Duration.ZERO);

	private ServiceIndex index = ServiceIndex.unread().asLoaded();

	@Test
	void whoIsInBothLayoutsIsListedByItsSequentialNode() {
		Member curator = Nodes.curator("bike", "uuid", 1, 8001, "uuid");
		Member sequential = Nodes.sequential("bike", 0, 2, 8001, "uuid");
		put(curator);
		assertThat(ids()).containsExactly("uuid");
		put(sequential);
		assertThat(ids()).containsExactly("bike0000000000");
		remove(sequential);
		assertThat(ids()).containsExactly("uuid");
		put(sequential);
		remove(curator);
		assertThat(ids()).containsExactly("bike0000000000");
	}

	@Test
	void theNodeOfALostSessionIsNotListedBesideTheNewOne() {
		Member old = Nodes.sequential("bike", 0, 1, 8001, "uuid");
		Member renewed = Nodes.sequential("bike", 1, 9, 8001, "uuid");
		put(old);
		put(renewed);
		assertThat(ids()).containsExactly("bike0000000001");
		remove(old);
		assertThat(ids()).containsExactly("bike0000000001");
		put(old);
		remove(renewed);
		assertThat(ids()).containsExactly("bike0000000000");
	}

	@Test
	void oneEndpointIsListedTwiceIfNothingTellsWhoIsTrue() {
		put(Nodes.sequential("bike", 0, 1, "127.0.0.1:8001"));
		put(Nodes.sequential("bike", 1, 2, "127.0.0.1:8001"));
		put(Nodes.sequential("bike", 2, 3, 8001, "one"));
		put(Nodes.sequential("bike", 3, 4, 8001, "other"));
		assertThat(ids()).hasSize(4);
	}

	@Test
	void oneRegistrationAtTwoEndpointsIsTwoInstances() {
		put(Nodes.sequential("bike", 0, 1, 8001, "same"));
		put(Nodes.sequential("bike", 1, 2, 8002, "same"));
		assertThat(ids()).hasSize(2);
	}

	@Test
	void oneIdInTwoServicesIsTwoInstances() {
		put(Nodes.curator("bike", "1", 1, 8001, "1"));
		put(Nodes.curator("car", "1", 2, 8001, "1"));
		put(Nodes.sequential("car", 0, 3, 8001, "1"));
		assertThat(ids()).containsExactly("1", "car0000000000");
	}

	/** What comes of many changes is what comes of the nodes that are left. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void manyChangesLeadWhereOneReadingLeads(long seed) {
		Random random = new Random(seed);
		Map<String, Member> standing = new HashMap<>();
		Map<String, Instance> followed = new HashMap<>();
		for (int zxid = 1; zxid <= 2_000; zxid++) {
			IndexUpdate update = random.nextInt(20) == 0 ? reread(random, zxid, standing)
					: step(random, zxid, standing);
			this.index = update.index();
			update.events().forEach((event) -> follow(followed, event));
			if (zxid % 50 == 0) {
				assertThat(this.index.services()).hasSameSizeAs(anew(random, standing).services());
				assertThat(this.index.revision()).isEqualTo(anew(random, standing).revision());
				assertThat(instances(this.index)).isEqualTo(instances(anew(random, standing)));
				assertThat(followed.values()).containsExactlyInAnyOrderElementsOf(instances(this.index));
			}
		}
	}

	private static Member any(Random random, int zxid) {
		String service = random.nextBoolean() ? "bike" : "car";
		int number = random.nextInt(8);
		String registration = random.nextInt(4) == 0 ? null : "r" + random.nextInt(4);
		int port = 8000 + random.nextInt(3);
		return random.nextBoolean() ? Nodes.sequential(service, number, zxid, port, registration)
				: Nodes.curator(service, "i" + number, zxid, port, registration);
	}

	private IndexUpdate step(Random random, int zxid, Map<String, Member> standing) {
		Turn turn = new Turn();
		change(random, zxid, standing, turn);
		return applied(turn);
	}

	private IndexUpdate reread(Random random, int zxid, Map<String, Member> standing) {
		Turn turn = new Turn();
		for (int i = 0; i < 10; i++) {
			change(random, zxid, standing, turn);
		}
		return applied(turn);
	}

	private void change(Random random, int zxid, Map<String, Member> standing, Turn turn) {
		Member member = any(random, zxid);
		Member known = standing.get(member.path());
		if (known != null && random.nextInt(3) > 0) {
			standing.remove(known.path());
			this.roll.remove(known, turn);
			return;
		}
		if (known != null && random.nextBoolean()) {
			String registration = random.nextBoolean() ? known.registrationId() : "r" + random.nextInt(4);
			member = Nodes.member(known.path(), known.czxid(), zxid,
					Nodes.json(8000 + random.nextInt(3), registration, InstanceStatus.UP));
		}
		standing.put(member.path(), member);
		this.roll.put(member, turn);
	}

	private ServiceIndex anew(Random random, Map<String, Member> standing) {
		List<Member> all = new ArrayList<>(standing.values());
		Collections.shuffle(all, random);
		Roll fresh = new Roll();
		Turn turn = new Turn();
		all.forEach((each) -> fresh.put(each, turn));
		IndexUpdate update = new IndexUpdate(ServiceIndex.unread().asLoaded());
		this.doubts.apply(turn, fresh, update, 0, false);
		return update.index();
	}

	private static List<Instance> instances(ServiceIndex index) {
		return index.services().values().stream().flatMap((service) -> service.instances().stream()).toList();
	}

	private static void follow(Map<String, Instance> followed, ServiceEvent event) {
		if (event instanceof ServiceEvent.Removed removed) {
			assertThat(followed.remove(removed.instance().path())).isEqualTo(removed.instance());
		}
		else if (event instanceof ServiceEvent.Updated updated) {
			assertThat(followed.put(updated.after().path(), updated.after())).isEqualTo(updated.before());
		}
		else if (event instanceof ServiceEvent.Added added) {
			assertThat(followed.put(added.instance().path(), added.instance())).isNull();
		}
	}

	private void put(Member member) {
		Turn turn = new Turn();
		this.roll.put(member, turn);
		this.index = applied(turn).index();
	}

	private void remove(Member member) {
		Turn turn = new Turn();
		this.roll.remove(member, turn);
		this.index = applied(turn).index();
	}

	private IndexUpdate applied(Turn turn) {
		IndexUpdate update = new IndexUpdate(this.index);
		this.doubts.apply(turn, this.roll, update, 0, false);
		return update;
	}

	private List<String> ids() {
		return instances(this.index).stream().map(Instance::id).toList();
	}

}
