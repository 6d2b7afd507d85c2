package io.roster.discovery.spring;

import java.util.Optional;

/**
 * This application, as the ensemble knows it. A bean of this type is there in every
 * application with discovery, whether it registers itself or not.
 */
public interface RegisteredInstance {

	/**
	 * The id of this application's instance, for example {@code bikesvc0000000010}. It
	 * changes when the session is lost: ask again for each use. Does not block.
	 * @return the id; empty while the application is not registered
	 */
	Optional<String> id();

}
