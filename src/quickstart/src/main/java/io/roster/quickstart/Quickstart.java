package io.roster.quickstart;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.roster.ensemble.MemberStartException;

/**
 * Starts the demo, or does something with one of its members. {@code --help} tells how.
 */
public final class Quickstart {

	private static final int USAGE_ERROR = 2;

	private final Console console = new Console(System.out, Clock.system(ZoneId.systemDefault()));

	private Quickstart() {
	}

	/**
	 * The program.
	 * @param args the command line
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		System.exit(new Quickstart().run(args));
	}

	private int run(String... args) throws InterruptedException {
		try {
			return run(CommandLine.parse(args));
		}
		catch (UsageException ex) {
			System.err.println(ex.getMessage() + System.lineSeparator() + CommandLine.USAGE);
			return USAGE_ERROR;
		}
		catch (DemoException | MemberStartException | IOException ex) {
			System.err.println((ex instanceof IOException) ? ex.toString() : ex.getMessage());
			return 1;
		}
	}

	private int run(Command command) throws IOException, InterruptedException {
		if (command instanceof Command.RunDemo demo) {
			return runDemo(demo.options());
		}
		if (command instanceof Command.Member member) {
			return runMember(member);
		}
		this.console.say(CommandLine.USAGE);
		return 0;
	}

	private int runDemo(Options options) throws IOException, InterruptedException {
		DemoFolder folder = DemoFolder.open(options.folder());
		Optional<DemoLock> lock = DemoLock.tryTake(folder);
		if (lock.isEmpty()) {
			throw new DemoException(
					"A demo runs in " + folder.root() + " already: stop it, or choose another folder by --dir");
		}
		Demo demo = new Demo(lock.get(), folder, Installation.in(options.home()), options.ports(), this.console);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo), "stop-demo"));
		demo.start();
		// Only a signal ends it from here on, and the hook above does the rest.
		new CountDownLatch(1).await();
		return 0;
	}

	private void stop(Demo demo) {
		try {
			demo.stop();
		}
		catch (IOException ex) {
			this.console.say("The demo's lock cannot be given back: " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.console.say("Interrupted while stopping; the processes that are left end by themselves");
		}
	}

	private int runMember(Command.Member command) throws IOException, InterruptedException {
		Options options = command.options();
		Members members = Members.in(DemoFolder.open(options.folder()));
		MemberCommand member = new MemberCommand(members, command.id(), this.console, System::nanoTime);
		return switch (command.action()) {
			case START -> member.start(Installation.in(options.home()));
			case STOP -> member.stop();
			case STATUS -> member.status();
			case RUN -> member.run();
		};
	}

}
