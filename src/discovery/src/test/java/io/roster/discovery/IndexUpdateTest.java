package io.roster.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexUpdateTest {

	private final ServiceIndex loaded = ServiceIndex.unread().asLoaded();

	@Test
	void oneChangeAmongTenThousandTouchesNoOther() {
		IndexUpdate first = new IndexUpdate(ServiceIndex.unread());
		first.replaceAll(IntStream.range(0, 10_000).mapToObj((i) -> node("bikesvc", i, 1, 0)).toList());
		IndexUpdate second = new IndexUpdate(first.index());
		second.put(node("bikesvc", 5_000, 1, 7));
		assertThat(second.events()).singleElement().isInstanceOf(ServiceEvent.Updated.class);
		List<Instance> before = first.index().service("bikesvc").instances();
		List<Instance> after = second.index().service("bikesvc").instances();
		assertThat(after).hasSize(10_000).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
		assertThat(IntStream.range(0, 10_000)
			.filter((i) -> System.identityHashCode(before.get(i)) != System.identityHashCode(after.get(i))))
			.containsExactly(5_000);
		assertThat(second.index().service("bikesvc").instances()).isSameAs(after);
	}

	@Test
	void theRevisionNamesTheContentWhateverTheWayToIt() {
		IndexUpdate one = new IndexUpdate(this.loaded);
		one.put(node("a", 1, 5, 0));
		one.put(node("b", 2, 6, 0));
		one.put(node("a", 3, 7, 0));
		one.remove(node("a", 1, 5, 0));
		IndexUpdate other = new IndexUpdate(ServiceIndex.unread());
		other.replaceAll(List.of(node("a", 3, 7, 0), node("b", 2, 6, 0)));
		assertThat(one.index().revisionText()).isEqualTo(other.index().revisionText());
		assertThat(one.index().revisionText("a")).isEqualTo(other.index().revisionText("a"));
		assertThat(one.index().revisionText("a")).isNotEqualTo(one.index().revisionText("b"));
	}

	@Test
	void nodesOfOneTransactionMakeDifferentRevisions() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		List<String> revisions = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			update.put(node("a", i, 9, 0));
			revisions.add(update.index().revisionText("a"));
		}
		assertThat(revisions).doesNotHaveDuplicates();
	}

	@Test
	void anEmptyServiceIsForgotten() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(node("a", 1, 5, 0));
		update.remove(node("a", 1, 5, 0));
		assertThat(update.index().services()).isEmpty();
		assertThat(update.index().revisionText()).isEqualTo("0");
		assertThat(ServiceIndex.unread().revisionText("a")).isEqualTo("-1");
	}

	@Test
	void aNodeMadeAgainUnderTheSamePathIsAnotherInstance() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(node("a", 1, 5, 0));
		update.put(node("a", 1, 8, 0));
		update.remove(node("a", 1, 5, 0));
		assertThat(update.events()).hasExactlyElementsOfTypes(ServiceEvent.Added.class, ServiceEvent.Removed.class,
				ServiceEvent.Added.class);
		assertThat(update.index().service("a").size()).isOne();
	}

	@Test
	void aRereadTellsTheDifferenceAlone() {
		IndexUpdate first = new IndexUpdate(ServiceIndex.unread());
		first.replaceAll(List.of(node("a", 1, 1, 0), node("a", 2, 2, 0), node("b", 3, 3, 0)));
		IndexUpdate second = new IndexUpdate(first.index());
		second.replaceAll(List.of(node("a", 1, 1, 0), node("a", 2, 2, 1), node("a", 4, 4, 0)));
		assertThat(second.events()).hasExactlyElementsOfTypes(ServiceEvent.Removed.class, ServiceEvent.Updated.class,
				ServiceEvent.Added.class);
	}

	private static Node node(String service, int sequence, long czxid, int version) {
		Stat stat = new Stat(czxid, czxid + version, 1_000, 1_000 + version, version, 0, 0, 1, 0, 0, 0);
		return new Node(String.format("/servers/%s%010d", service, sequence), czxid, stat, new byte[0]);
	}

}
