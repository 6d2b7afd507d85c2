package io.roster.quickstart;

/** In this order the processes of a demo are stopped: each before what it leans on. */
enum Stage {

	/** What calls others: demo-consumer and demo-bikesvc. */
	CALLERS,

	/** registry-server and lock-service. */
	SERVICES,

	/** The members. */
	ENSEMBLE

}
