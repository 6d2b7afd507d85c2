package io.roster.demo.bikesvc;

import java.net.URI;
import java.time.Clock;
import java.util.UUID;

import io.roster.discovery.spring.RegisteredInstance;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The bikes over HTTP. */
@RestController
@RequestMapping("/bikes")
@RequiredArgsConstructor
class BikesController {

	private final BikeStore store;

	private final RentalDesk desk;

	private final RegisteredInstance self;

	private final BikesvcProperties properties;

	private final Clock clock;

	@GetMapping
	@Operation(summary = "Shows the bikes, and which instance has answered")
	BikesView bikes() {
		return new BikesView(servedBy(), this.desk.price(), this.store.bikes());
	}

	@PostMapping("/{id}/rentals")
	@Operation(summary = "Rents a bike under the lock bike-{id}")
	@ApiResponse(responseCode = "201", description = "Rented; Location is where it is given back")
	@ApiResponse(responseCode = "404", description = "There is no such bike")
	@ApiResponse(responseCode = "409",
			description = "Somebody rides it, or has rented it since this request's lock was lost")
	@ApiResponse(responseCode = "503", description = "Its lock was not to be had in time")
	ResponseEntity<RentalView> rent(@PathVariable String id, @RequestBody RentalRequest request)
			throws InterruptedException {
		String rider = request.checkedRider();
		RentalTimes times = request.checkedTimes(this.properties);
		if (!this.store.exists(id)) {
			throw new UnknownBikeException("There is no bike " + id + ". GET /bikes shows those that there are.");
		}
		Rental rental = this.desk.rent(id, rider, times);
		return ResponseEntity.created(URI.create("/bikes/" + id + "/rentals/" + rental.id()))
			.body(new RentalView(servedBy(), RentalDesk.lockOf(id), rental));
	}

	@DeleteMapping("/{id}/rentals/{rental}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Gives a bike back")
	void giveBack(@PathVariable String id, @PathVariable UUID rental) {
		if (!this.store.giveBack(id, rental, this.clock.instant())) {
			throw new UnknownBikeException("Bike " + id + " has no rental " + rental
					+ " in the database of this instance, or it has been given back.");
		}
	}

	/** Asked for each answer: the id changes with the session. */
	private String servedBy() {
		return this.self.id().orElse("unregistered");
	}

}
