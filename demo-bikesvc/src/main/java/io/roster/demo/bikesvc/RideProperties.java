package io.roster.demo.bikesvc;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What a ride costs. No record, because it is bound again, as the same object, whenever
 * the pushed configuration changes. The accessors are not public, so that Spring Cloud
 * does not set the price back to nothing for the moment before it is bound.
 */
@ConfigurationProperties("ride")
class RideProperties {

	/** Written by the thread that follows the configuration, read by all others. */
	private volatile String price = "";

	/**
	 * The price of a ride.
	 * @return the price now
	 */
	String getPrice() {
		return this.price;
	}

	void setPrice(String price) {
		this.price = price;
	}

}
