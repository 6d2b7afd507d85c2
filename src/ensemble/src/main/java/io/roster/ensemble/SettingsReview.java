package io.roster.ensemble;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.roster.ensemble.SettingsWarning.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is unsound in the settings of an ensemble. What a member does not tell
 * is no reason to warn.
 */
public final class SettingsReview {

	private static final String DATA_DIR = "dataDir";

	private static final String DATA_LOG_DIR = "dataLogDir";

	/** What all members must have alike, by ZooKeeper's administrator's guide. */
	private static final List<String> ALIKE = List.of("tickTime", "initLimit", "syncLimit", "minSessionTimeout",
			"maxSessionTimeout");

	/** Folders that systems empty at a start, or now and then. */
	private static final Pattern TEMPORARY = Pattern
		.compile("(?i)(/private)?(/tmp|/var/tmp|/var/folders|/dev/shm)(/.*)?|[a-z]:\\\\(.*\\\\)?temp(\\\\.*)?");

	private final EnsembleStatus status;

	private final EnsembleSettings settings;

	private final List<SettingsWarning> warnings = new ArrayList<>();

	private SettingsReview(EnsembleStatus status, EnsembleSettings settings) {
		this.status = status;
		this.settings = settings;
	}

	/**
	 * Reviews an ensemble.
	 * @param status its members
	 * @param settings what they tell
	 * @param sessionTimeout the session timeout that Roster asks for
	 * @param purgeHours hours from one purge to the next, 0 for none, {@code null} where
	 * it is not known, because no member of ZooKeeper's tells it
	 * @return what is unsound, the worse first
	 */
	public static List<SettingsWarning> of(EnsembleStatus status, EnsembleSettings settings, Duration sessionTimeout,
			@Nullable Integer purgeHours) {
		SettingsReview review = new SettingsReview(status, settings);
		review.voters();
		review.purge(purgeHours);
		review.folders();
		review.sessionTimeout(sessionTimeout);
		review.disagreement();
		review.silence();
		return review.warnings.stream().sorted((one, other) -> one.severity().compareTo(other.severity())).toList();
	}

	private void voters() {
		int voters = this.status.voters();
		if (voters == 1) {
			add("single-member", Severity.NOTICE, List.of(),
					"There is one member: while it is stopped nothing can be written or read.",
					"Three members go on while one of them is away.");
		}
		else if (voters % 2 == 0) {
			add("even-members", Severity.WARNING, List.of(),
					"%d members vote: a majority is %d, so no more of them may fail than of %d.".formatted(voters,
							voters / 2 + 1, voters - 1),
					"Add a member or remove one; an observer does not count.");
		}
	}

	private void purge(@Nullable Integer hours) {
		if (hours == null) {
			add("autopurge-not-told", Severity.NOTICE, List.of(),
					"No member tells whether it purges old snapshots and transaction logs; ZooKeeper's default is not to.",
					"Look for autopurge.purgeInterval in each member's zoo.cfg; 1 purges every hour.");
		}
		else if (hours == 0) {
			add("no-autopurge", Severity.WARNING, List.of(),
					"Old snapshots and transaction logs are never purged, so that they fill the disk.",
					"Set autopurge.purgeInterval=1, and start the member anew.");
		}
	}

	private void folders() {
		for (MemberSettings member : told()) {
			Optional<String> temporary = List.of(DATA_DIR, DATA_LOG_DIR)
				.stream()
				.filter((name) -> member.value(name) != null && isTemporary(member.value(name)))
				.findFirst();
			temporary.ifPresent((name) -> add("temporary-folder", Severity.WARNING, ids(List.of(member)),
					"%s of the member at %s is %s, which the system may empty.".formatted(name, member.address(),
							member.value(name)),
					"Move it to a folder that stays, set " + name + " in its zoo.cfg, and start it anew."));
		}
	}

	static boolean isTemporary(@Nullable String folder) {
		return folder != null && TEMPORARY.matcher(folder).matches();
	}

	private void sessionTimeout(Duration asked) {
		for (MemberSettings member : told()) {
			Long min = number(member.value("minSessionTimeout"));
			Long max = number(member.value("maxSessionTimeout"));
			long millis = asked.toMillis();
			if (min != null && max != null && (millis < min || millis > max)) {
				add("session-timeout-out-of-range", Severity.WARNING, ids(List.of(member)),
						"Roster asks for sessions of %d ms, and the member at %s grants from %d to %d ms."
							.formatted(millis, member.address(), min, max),
						"Set spring.cloud.zookeeper.session-timeout into that range, or the member's "
								+ "minSessionTimeout and maxSessionTimeout.");
			}
		}
	}

	private void disagreement() {
		for (String name : ALIKE) {
			disagreement(name, (member) -> member.value(name));
		}
		disagreement("the list of servers", (member) -> member.servers().isEmpty() ? null : sameForm(member));
	}

	/** Only the member itself has the client port of a classic line. */
	private static String sameForm(MemberSettings member) {
		return member.servers()
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((line) -> line.getKey() + "=" + line.getValue().replaceAll(";.*", "").replace(":participant", ""))
			.collect(Collectors.joining(" "));
	}

	private void disagreement(String name, Function<MemberSettings, @Nullable String> value) {
		Map<String, List<MemberSettings>> byValue = told().stream()
			.filter((member) -> value.apply(member) != null)
			.collect(Collectors.groupingBy((member) -> String.valueOf(value.apply(member))));
		if (byValue.size() > 1) {
			String said = byValue.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + " at "
						+ entry.getValue()
							.stream()
							.map((member) -> member.address().toString())
							.sorted()
							.collect(Collectors.joining(", ")))
				.sorted()
				.collect(Collectors.joining("; "));
			add("members-disagree", Severity.WARNING, ids(told()),
					"The members do not agree on " + name + ": " + said + ".",
					"Give all members the same, and start those anew that differ, one by one.");
		}
	}

	private void silence() {
		Predicate<MemberSettings> hides = (member) -> !member.told() && this.status.members()
			.stream()
			.anyMatch((each) -> each.address().equals(member.address()) && each.isServing());
		List<MemberSettings> hiding = this.settings.members().stream().filter(hides).toList();
		if (!hiding.isEmpty()) {
			add("settings-not-told", Severity.NOTICE, ids(hiding),
					"Not told by: %s. These members serve and do not allow the four-letter word conf."
						.formatted(hiding.stream()
							.map((member) -> member.address().toString())
							.collect(Collectors.joining(", "))),
					"Add conf to 4lw.commands.whitelist, or look into their zoo.cfg.");
		}
	}

	private List<MemberSettings> told() {
		return this.settings.members().stream().filter(MemberSettings::told).toList();
	}

	private static List<Integer> ids(List<MemberSettings> members) {
		return members.stream().map(MemberSettings::id).filter(Objects::nonNull).toList();
	}

	private static @Nullable Long number(@Nullable String text) {
		return (text != null && text.matches("\\d{1,18}")) ? Long.valueOf(text) : null;
	}

	private void add(String code, Severity severity, List<Integer> members, String fact, String action) {
		this.warnings.add(new SettingsWarning(code, severity, members, fact, action));
	}

}
