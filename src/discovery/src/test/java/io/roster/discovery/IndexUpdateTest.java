package io.roster.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexUpdateTest {

	private final ServiceIndex loaded = ServiceIndex.unread().asLoaded();

	@Test
	void oneChangeAmongTenThousandTouchesNoOther() {
		IndexUpdate first = new IndexUpdate(this.loaded);
		IntStream.range(0, 10_000).forEach((i) -> first.put(member("bikesvc", i, 1, 0)));
		IndexUpdate second = new IndexUpdate(first.index());
		second.put(member("bikesvc", 5_000, 1, 7));
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
		one.put(member("a", 1, 5, 0));
		one.put(member("b", 2, 6, 0));
		one.put(member("a", 3, 7, 0));
		one.remove(member("a", 1, 5, 0));
		IndexUpdate other = new IndexUpdate(this.loaded);
		other.put(member("a", 3, 7, 0));
		other.put(member("b", 2, 6, 0));
		assertThat(one.index().revisionText()).isEqualTo(other.index().revisionText());
		assertThat(one.index().revisionText("a")).isEqualTo(other.index().revisionText("a"));
		assertThat(one.index().revisionText("a")).isNotEqualTo(one.index().revisionText("b"));
	}

	@Test
	void nodesOfOneTransactionMakeDifferentRevisions() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		List<String> revisions = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			update.put(member("a", i, 9, 0));
			revisions.add(update.index().revisionText("a"));
		}
		assertThat(revisions).doesNotHaveDuplicates();
	}

	@Test
	void aSuspectMakesAnotherRevision() {
		Member member = member("a", 1, 5, 0);
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(member);
		String before = update.index().revisionText("a");
		update.put(member.asSuspect());
		assertThat(update.index().revisionText("a")).isNotEqualTo(before);
		assertThat(update.events()).hasExactlyElementsOfTypes(ServiceEvent.Added.class, ServiceEvent.Updated.class);
		update.remove(member);
		assertThat(update.index().services()).isEmpty();
		assertThat(update.index().revisionText()).isEqualTo("0");
	}

	@Test
	void anEmptyServiceIsForgotten() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(member("a", 1, 5, 0));
		update.remove(member("a", 1, 5, 0));
		assertThat(update.index().services()).isEmpty();
		assertThat(update.index().revisionText()).isEqualTo("0");
		assertThat(ServiceIndex.unread().revisionText("a")).isEqualTo("-1");
	}

	@Test
	void aNodeMadeAgainUnderTheSamePathIsAnotherInstance() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(member("a", 1, 5, 0));
		update.put(member("a", 1, 8, 0));
		update.remove(member("a", 1, 5, 0));
		assertThat(update.events()).hasExactlyElementsOfTypes(ServiceEvent.Added.class, ServiceEvent.Removed.class,
				ServiceEvent.Added.class);
		assertThat(update.index().service("a").size()).isOne();
	}

	@Test
	void oneIdInBothLayoutsIsTwoPlacesOfTheList() {
		IndexUpdate update = new IndexUpdate(this.loaded);
		update.put(member("a", 1, 5, 0));
		update.put(Nodes.member("/services/a/a0000000001", 6, 0, ""));
		assertThat(update.index().service("a").instances()).extracting(Instance::layout)
			.containsExactly(Layout.SEQUENTIAL, Layout.CURATOR);
		update.remove(member("a", 1, 5, 0));
		assertThat(update.index().service("a").instances()).extracting(Instance::layout)
			.containsExactly(Layout.CURATOR);
	}

	private static Member member(String service, int sequence, long czxid, int version) {
		return Nodes.member(String.format("/servers/%s%010d", service, sequence), czxid, version, "");
	}

}
