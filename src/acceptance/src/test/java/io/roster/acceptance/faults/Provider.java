package io.roster.acceptance.faults;

import io.roster.acceptance.RunningApplication;

/**
 * An instance of the service.
 *
 * @param process its process
 */
record Provider(RunningApplication process) {

	/** How consumers see it. */
	String address() {
		return "127.0.0.1:" + this.process.port();
	}

}
