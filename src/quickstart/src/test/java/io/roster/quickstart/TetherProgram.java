package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Two programs for {@link DemoTetherTests}, which need processes of their own: a demo
 * that holds the lock and starts a child, and the child.
 */
final class TetherProgram {

	private TetherProgram() {
	}

	public static void main(String[] args) throws Exception {
		DemoFolder folder = DemoFolder.open(Path.of(args[1]));
		if ("demo".equals(args[0])) {
			demo(folder);
		}
		else {
			child(folder, args[2]);
		}
	}

	private static void demo(DemoFolder folder) throws IOException, InterruptedException {
		DemoLock lock = DemoLock.tryTake(folder).orElseThrow();
		AgentJar.write(folder.agentJar());
		DemoProcess.start("child", command(folder, true, "child", "orderly"), folder);
		DemoProcess.start("stubborn", command(folder, true, "child", "stubborn"), folder);
		new CountDownLatch(1).await();
		lock.close();
	}

	private static void child(DemoFolder folder, String kind) throws IOException, InterruptedException {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				Files.writeString(folder.root().resolve(kind + ".hook"), "ran");
				if ("stubborn".equals(kind)) {
					new CountDownLatch(1).await();
				}
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}));
		Files.writeString(folder.root().resolve(kind + ".ready"), "");
		new CountDownLatch(1).await();
	}

	static List<String> command(DemoFolder folder, boolean tethered, String... args) {
		List<String> command = JavaCommand.java("32m", tethered);
		command.addAll(List.of("-D" + DemoTether.GRACE + "=2", "-cp", System.getProperty("java.class.path"),
				TetherProgram.class.getName(), args[0], folder.root().toString()));
		if (args.length > 1) {
			command.add(args[1]);
		}
		return command;
	}

}
