package io.roster.ensemble;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.ensemble.FourLetterWord.Answer;

/**
 * The settings of an ensemble as its members tell them. Nothing is guessed: what a member
 * does not tell is not there.
 *
 * @param members one for each that is known
 */
public record EnsembleSettings(List<MemberSettings> members) {

	private static final String SERVER = "server.";

	/** ZooKeeper keeps its files in a folder of this name below the configured ones. */
	private static final String VERSION_FOLDER = "/version-2";

	public EnsembleSettings {
		members = List.copyOf(members);
	}

	/**
	 * Asks every member that answers, all at the same time, and blocks until they have
	 * answered or the bound has passed.
	 * @param status which members there are
	 * @param bound the longest wait
	 * @return what they tell
	 */
	public static EnsembleSettings of(EnsembleStatus status, Duration bound) {
		long deadline = System.nanoTime() + bound.toNanos();
		ExecutorService threads = Executors.newCachedThreadPool(EnsembleSurvey::daemon);
		try {
			List<Future<MemberSettings>> asked = status.members()
				.stream()
				.map((member) -> threads.submit(() -> ask(member, deadline)))
				.toList();
			return new EnsembleSettings(status.members()
				.stream()
				.map((member) -> await(member, asked.get(status.members().indexOf(member)), deadline))
				.toList());
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static MemberSettings await(MemberStatus member, Future<MemberSettings> settings, long deadline) {
		try {
			return settings.get(Math.max(0, deadline - System.nanoTime()) + TimeUnit.MILLISECONDS.toNanos(20),
					TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return silent(member);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return silent(member);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Asking " + member.address() + " failed", ex.getCause());
		}
	}

	private static MemberSettings silent(MemberStatus member) {
		return new MemberSettings(member.id(), member.address(), false, Map.of(), Map.of());
	}

	private static MemberSettings ask(MemberStatus member, long deadline) {
		if (!member.answers()) {
			return silent(member);
		}
		try {
			Answer conf = FourLetterWord.ask(member.address(), "conf", deadline);
			return conf.isUseful() ? parse(member, conf.text()) : silent(member);
		}
		catch (IOException ex) {
			// It may have gone since the survey; the status says why.
			return silent(member);
		}
	}

	static MemberSettings parse(MemberStatus member, String conf) {
		Map<String, String> values = new TreeMap<>();
		Map<Integer, String> servers = new TreeMap<>();
		MemberProbe.fields(conf, '=').forEach((name, value) -> {
			if (name.matches("server\\.\\d{1,9}")) {
				servers.put(Integer.parseInt(name.substring(SERVER.length())), value);
			}
			else {
				values.put(name, name.endsWith("Dir") ? configured(value) : value);
			}
		});
		return new MemberSettings(member.id(), member.address(), !values.isEmpty(), values, servers);
	}

	private static String configured(String folder) {
		return folder.endsWith(VERSION_FOLDER) ? folder.substring(0, folder.length() - VERSION_FOLDER.length())
				: folder;
	}

}
