package io.roster.demo.bikesvc;

/**
 * What {@code POST /bikes/{id}/rentals} answers.
 *
 * @param servedBy the id under which the answering instance is registered
 * @param lock the lock under which the bike was rented
 * @param rental the rental
 */
record RentalView(String servedBy, String lock, Rental rental) {

}
