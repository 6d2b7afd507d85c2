package io.roster.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Writes the jar of {@link DemoTether}. An agent must be a jar of its own on the disk,
 * which neither a class in an executable jar nor one in a folder of classes is.
 */
final class AgentJar {

	private AgentJar() {
	}

	/**
	 * Writes the jar beside its place and moves it there, because processes that run have
	 * the old one open.
	 */
	static void write(Path target) throws IOException {
		Path beside = Files.createTempFile(target.getParent(), "tether", ".tmp");
		try (OutputStream out = Files.newOutputStream(beside);
				JarOutputStream jar = new JarOutputStream(out, manifest());
				InputStream agent = classFile()) {
			jar.putNextEntry(new JarEntry(entryName()));
			agent.transferTo(jar);
			jar.closeEntry();
		}
		Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static Manifest manifest() {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Premain-Class", DemoTether.class.getName());
		return manifest;
	}

	private static InputStream classFile() throws IOException {
		InputStream agent = DemoTether.class.getClassLoader().getResourceAsStream(entryName());
		if (agent == null) {
			throw new IOException(entryName() + " is missing in this program's jar");
		}
		return agent;
	}

	private static String entryName() {
		return DemoTether.class.getName().replace('.', '/') + ".class";
	}

}
