package io.roster.demo.bikesvc;

import org.jspecify.annotations.Nullable;

/**
 * A bike.
 *
 * @param id names it, and {@code bike-<id>} its lock
 * @param model what kind of bike
 * @param rider who has rented it now; {@code null} while it is free
 */
record Bike(String id, String model, @Nullable String rider) {

}
