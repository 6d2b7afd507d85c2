package io.roster.demo.bikesvc;

import java.util.List;

/**
 * What {@code GET /bikes} answers.
 *
 * @param servedBy the id under which the answering instance is registered
 * @param price of a ride
 * @param bikes all bikes
 */
record BikesView(String servedBy, String price, List<Bike> bikes) {

}
