package io.roster.discovery;

import org.jspecify.annotations.Nullable;

/**
 * What the data of a node says.
 *
 * @param data what the instance says about itself
 * @param registrationId tells the registration that wrote it from all others, and is the
 * same in all of its nodes; {@code null} where the data names none
 */
record InstanceContent(InstanceData data, @Nullable String registrationId) {

	static final InstanceContent NONE = new InstanceContent(InstanceData.NONE, null);

}
