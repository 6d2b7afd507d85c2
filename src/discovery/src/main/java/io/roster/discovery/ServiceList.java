package io.roster.discovery;

import java.time.Duration;
import java.util.List;

/**
 * The instances of one service at one moment; immutable.
 *
 * @param name the service; one that nobody has registered has no instances
 * @param revision names the content of this list, as a decimal number; equal revisions
 * mean equal lists, also at another process and after a restart, and nothing else may be
 * read from it
 * @param loaded whether the directory has been read at all; {@code false} means that the
 * list is empty because nothing is known yet
 * @param stale whether the list may be behind, because the ensemble is away
 * @param age how long ago the ensemble was last heard of
 * @param instances the instances, ordered by id, whatever their status; unmodifiable
 */
public record ServiceList(String name, String revision, boolean loaded, boolean stale, Duration age,
		List<Instance> instances) {
}
