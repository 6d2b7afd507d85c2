package io.roster.locks;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Owners who wait for each other, so that none of them goes on before one gives up.
 *
 * @param owners who they are
 * @param locks the locks that they wait for
 * @param waits who waits for whom
 */
public record Deadlock(List<String> owners, List<String> locks, List<Wait> waits) {

	/** What a line of the log has room for. */
	private static final int DESCRIBED = 10;

	private static final int NAME_CHARS = 100;

	public Deadlock {
		owners = List.copyOf(owners);
		locks = List.copyOf(locks);
		waits = List.copyOf(waits);
	}

	/**
	 * Says it in one line without control characters, shortened where it is long.
	 * @return the line
	 */
	public String describe() {
		StringBuilder text = new StringBuilder();
		for (Wait wait : this.waits.subList(0, Math.min(DESCRIBED, this.waits.size()))) {
			text.append(text.isEmpty() ? "" : ", ")
				.append(name(wait.owner()))
				.append(" waits for lock ")
				.append(name(wait.lock()))
				.append(" behind ")
				.append(names(wait.waitsFor()));
		}
		int more = this.waits.size() - DESCRIBED;
		return (more > 0) ? text.append(", and ").append(more).append(" more").toString() : text.toString();
	}

	private static String names(List<String> owners) {
		StringBuilder text = new StringBuilder();
		for (String owner : owners.subList(0, Math.min(DESCRIBED, owners.size()))) {
			text.append(text.isEmpty() ? "" : " and ").append(name(owner));
		}
		int more = owners.size() - DESCRIBED;
		return (more > 0) ? text.append(" and ").append(more).append(" more").toString() : text.toString();
	}

	private static String name(String text) {
		String line = text.replaceAll("\\p{Cntrl}", "?");
		return (line.length() > NAME_CHARS) ? line.substring(0, NAME_CHARS) + "…" : line;
	}

	/**
	 * One wait in it.
	 *
	 * @param owner who waits
	 * @param lock for which lock
	 * @param waitsFor the owners in front who are part of the deadlock
	 */
	public record Wait(String owner, String lock, @JsonProperty("for") List<String> waitsFor) {

		public Wait {
			waitsFor = List.copyOf(waitsFor);
		}

	}

}
