package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.roster.quickstart.Readiness.Check;

/**
 * The demo: everything that CONTRACT's table of processes names, on loopback. It lives
 * until the process is told to end; {@link #stop} belongs in a shutdown hook.
 */
final class Demo {

	private static final Duration READY_BOUND = Duration.ofMinutes(3);

	private final DemoLock lock;

	private final DemoFolder folder;

	private final Installation installation;

	private final Ports ports;

	private final Members members;

	private final Console console;

	private final Fleet fleet;

	private final EnsembleWatch ensembleWatch;

	private final RosterWatch rosterWatch;

	Demo(DemoLock lock, DemoFolder folder, Installation installation, Ports ports, Console console) {
		this.lock = lock;
		this.folder = folder;
		this.installation = installation;
		this.ports = ports;
		this.members = new Members(folder, ports);
		this.console = console;
		this.fleet = new Fleet(folder, console);
		this.ensembleWatch = new EnsembleWatch(Members.ids().mapToObj(this.members::address).toList(), console);
		this.rosterWatch = new RosterWatch(console);
	}

	/**
	 * Starts everything and returns when all of it answers.
	 * @throws DemoException if something is missing, in use, or does not answer
	 */
	void start() throws IOException, InterruptedException {
		Readiness readiness = new Readiness(System::nanoTime, this.console);
		List<Application> applications = Application.all(this.ports);
		Map<String, Path> jars = new LinkedHashMap<>();
		applications
			.forEach((application) -> jars.computeIfAbsent(application.module(), this.installation::application));
		PortCheck.requireFree(this.ports.all());
		prepareFolder();
		for (int id : Members.ids().toArray()) {
			startMember(id);
		}
		Map<String, Unpacking> unpackings = new LinkedHashMap<>();
		for (Map.Entry<String, Path> jar : jars.entrySet()) {
			unpackings.put(jar.getKey(), Unpacking.start(jar.getValue(), this.folder));
		}
		for (Application application : applications) {
			startApplication(application, Objects.requireNonNull(unpackings.get(application.module())).await());
		}
		this.ensembleWatch.start();
		readiness.await(List.of(new Check("the members have a quorum", this.ensembleWatch::hasQuorum)),
				this.fleet.all(), READY_BOUND);
		this.rosterWatch.start(this.ports.connectString());
		readiness.await(checks(applications), this.fleet.all(), READY_BOUND);
		this.console.say(readyText(readiness.elapsed()));
	}

	/** Stops everything, in order, and returns when no process is left. */
	void stop() throws IOException, InterruptedException {
		boolean started = !this.fleet.all().isEmpty();
		if (started) {
			this.console.say("Stopping");
		}
		this.ensembleWatch.close();
		this.rosterWatch.close();
		this.fleet.stop();
		this.lock.close();
		if (started) {
			this.console.say("All stopped; the data stays in " + this.folder.root());
		}
	}

	private void prepareFolder() throws IOException {
		AgentJar.write(this.folder.agentJar());
		this.ports.write(this.folder.portsFile());
		this.folder.keepLastLogs();
		this.folder.forgetRentals();
		this.console
			.say("Roster demo: data in " + this.folder.root() + ", a log of each process in " + this.folder.logs());
	}

	private void startMember(int id) throws IOException {
		this.members.configure(id);
		show(this.fleet.start(Stage.ENSEMBLE, Members.name(id),
				JavaCommand.member(this.installation, id, this.folder, true)), this.members.address(id).toString());
	}

	private void startApplication(Application application, Path jar) {
		show(this.fleet.start(application.stage(), application.name(),
				JavaCommand.application(jar, application.port(), this.ports.connectString(), application.properties())),
				url(application.port()));
	}

	private void show(DemoProcess process, String address) {
		this.console.say(String.format(Locale.ROOT, "  %-18s pid %-8d %s", process.name(), process.pid(), address));
	}

	private List<Check> checks(List<Application> applications) {
		HttpProbe probe = new HttpProbe();
		List<Check> checks = new ArrayList<>();
		for (Application application : applications) {
			checks.add(new Check(application.name() + " is up", () -> probe.isHealthy(application.port())));
		}
		int bikesvcs = this.ports.bikesvc().size();
		checks.add(new Check("demo-consumer sees " + bikesvcs + " instances of bikesvc",
				() -> probe.instancesSeenByConsumer(this.ports.consumer(), "bikesvc") >= bikesvcs));
		return checks;
	}

	private String readyText(Duration elapsed) {
		return String.format(Locale.ROOT, """

				Roster is ready (%.1f s)
				  the console                      %s/
				  the page that shows who serves   %s/
				  rides through the load balancer  %s/rides
				  services                         %s/api/v1/services
				  ensemble                         %s/api/v1/ensemble
				  locks                            %s/api/v1/locks
				  members                          %s
				Ctrl-C stops all of it
				""", elapsed.toMillis() / 1000.0, url(this.ports.registry()), url(this.ports.consumer()),
				url(this.ports.consumer()), url(this.ports.registry()), url(this.ports.registry()),
				url(this.ports.lock()), this.ports.connectString());
	}

	private static String url(int port) {
		return "http://127.0.0.1:" + port;
	}

}
