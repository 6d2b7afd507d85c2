package io.roster.quickstart;

import java.nio.file.Path;

/**
 * The options of the command line.
 *
 * @param folder where the demo keeps its data and logs
 * @param home the project's folder, in which the applications have been built
 * @param portOffset added to every port
 * @param freePorts whether to take any free ports instead
 * @param bikesvcs how many instances of demo-bikesvc to start
 */
record Options(Path folder, Path home, int portOffset, boolean freePorts, int bikesvcs) {

	static final int MAX_BIKESVCS = 9;

	Ports ports() {
		return this.freePorts ? Ports.free(this.bikesvcs) : Ports.standard(this.bikesvcs, this.portOffset);
	}

}
