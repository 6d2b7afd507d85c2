package io.roster.discovery;

/**
 * What a {@link Directory} tells about one service, in the order of the ensemble's
 * transactions.
 */
public sealed interface ServiceEvent {

	/**
	 * The service.
	 * @return its name
	 */
	String service();

	/**
	 * The revision of the service's list that includes this event.
	 * @return as {@link ServiceList#revision()}
	 */
	String revision();

	/**
	 * The whole list: the first event of each subscription, once the directory has been
	 * read.
	 *
	 * @param list the list
	 */
	record Snapshot(ServiceList list) implements ServiceEvent {

		@Override
		public String service() {
			return this.list.name();
		}

		@Override
		public String revision() {
			return this.list.revision();
		}

	}

	/**
	 * An instance that was not there before.
	 *
	 * @param revision the new revision
	 * @param instance the instance
	 */
	record Added(String revision, Instance instance) implements ServiceEvent {

		@Override
		public String service() {
			return this.instance.name();
		}

	}

	/**
	 * An instance says something else about itself, its status for example.
	 *
	 * @param revision the new revision
	 * @param before the instance as it was
	 * @param after the instance as it is
	 */
	record Updated(String revision, Instance before, Instance after) implements ServiceEvent {

		@Override
		public String service() {
			return this.after.name();
		}

	}

	/**
	 * An instance that is gone.
	 *
	 * @param revision the new revision
	 * @param instance the instance as it was known last
	 */
	record Removed(String revision, Instance instance) implements ServiceEvent {

		@Override
		public String service() {
			return this.instance.name();
		}

	}

}
