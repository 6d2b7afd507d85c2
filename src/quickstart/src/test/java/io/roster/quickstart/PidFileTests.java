package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PidFileTests {

	@TempDir
	Path folder;

	private Path path;

	private PidFile file;

	@BeforeEach
	void name() {
		this.path = this.folder.resolve("x.pid");
		this.file = new PidFile(this.path);
	}

	@Test
	void aProcessThatRunsIsFound() throws IOException {
		this.file.write(ProcessHandle.current());
		assertThat(this.file.running()).contains(ProcessHandle.current());
	}

	@Test
	void aPidThatWasGivenToAnotherProcessIsNotTakenForIt() throws IOException {
		Files.writeString(this.path, ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");
		assertThat(this.file.running()).isEmpty();
	}

	@Test
	void noFileAndGarbageNameNobody() throws IOException {
		assertThat(this.file.running()).isEmpty();
		Files.writeString(this.path, "garbage");
		assertThat(this.file.running()).isEmpty();
	}

	@Test
	void aDeletedFileNamesNobody() throws IOException {
		this.file.write(ProcessHandle.current());
		this.file.delete();
		this.file.delete();
		assertThat(this.file.running()).isEmpty();
	}

}
