package io.roster.quickstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to be started: the applications' executable jars, and this program's own,
 * which also runs the members.
 *
 * @param home the project's folder
 * @param self the arguments of {@code java} that start this program
 */
record Installation(Path home, List<String> self) {

	private static final String OWN_JAR = "roster-quickstart.jar";

	private static final String OWN_TARGET = "src/quickstart/target";

	/**
	 * Finds it.
	 * @param home the project's folder
	 * @throws DemoException if this program has not been packaged
	 */
	static Installation in(Path home) {
		Path absolute = home.toAbsolutePath().normalize();
		Path jar = runsFromJar() ? classPath() : absolute.resolve(OWN_TARGET).resolve(OWN_JAR);
		if (!Files.exists(jar)) {
			throw notBuilt(jar, absolute);
		}
		return new Installation(absolute, List.of("-jar", jar.toString()));
	}

	/** The project in which the jar that is running was built, or the current one. */
	static Path defaultHome() {
		Path jar = classPath();
		if (runsFromJar() && jar.getParent() != null && jar.getParent().endsWith(OWN_TARGET)) {
			return jar.resolve("../../../..").normalize();
		}
		return Path.of("").toAbsolutePath();
	}

	/**
	 * The executable jar of an application.
	 * @throws DemoException if there is not exactly one
	 */
	Path application(String module) {
		Path target = this.home.resolve(module).resolve("target");
		List<Path> jars = new ArrayList<>();
		if (Files.isDirectory(target)) {
			try (DirectoryStream<Path> found = Files.newDirectoryStream(target, module + "-*.jar")) {
				found.forEach(jars::add);
			}
			catch (IOException ex) {
				throw new DemoException("Cannot read " + target + ": " + ex.getMessage(), ex);
			}
		}
		if (jars.isEmpty()) {
			throw notBuilt(target.resolve(module + "-*.jar"), this.home);
		}
		if (jars.size() > 1) {
			throw new DemoException("Which jar is the application? " + jars + ": run ./mvnw clean package");
		}
		return jars.get(0);
	}

	private static DemoException notBuilt(Path missing, Path home) {
		return new DemoException("There is no " + missing + ": run ./mvnw -DskipTests package in " + home
				+ ", or name the project's folder by --home");
	}

	private static boolean runsFromJar() {
		return OWN_JAR.equals(String.valueOf(classPath().getFileName()));
	}

	private static Path classPath() {
		String classPath = System.getProperty("java.class.path", "");
		int end = classPath.indexOf(File.pathSeparatorChar);
		return Path.of((end < 0) ? classPath : classPath.substring(0, end)).toAbsolutePath().normalize();
	}

}
