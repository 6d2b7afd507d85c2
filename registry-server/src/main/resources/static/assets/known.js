// What the stream has told, for the views that show it together. A view that shows only its own part keeps that itself.

const HOUR = 3_600_000;
const FADING = 8_000;
const KEPT = 2_000;

export const known = {
	/** Whether the services have been told at all. */
	loaded: false,
	/** By name, and of each the instances by id. */
	services: new Map(),
	/** How new it is what the server knows, and when it said so: {stale, ageMs, at}. */
	freshness: { stale: false, ageMs: 0, at: Date.now() },
	/** What happened to the instances, the newest first. */
	history: [],
	ensemble: null,
	elections: [],
	/** {available, reason, locks} once it has been told. */
	locks: null,
	deadlocks: [],
};

/** When instances came, by id, as far as it was seen. */
const arrivals = new Map();
/** Instances that have left a moment ago, by id: {instance, at}. */
const leaving = new Map();

export function on(event, data) {
	tellers[event]?.(data);
}

const tellers = {
	services(all) {
		known.loaded = true;
		known.services = new Map(all.services.map((service) => [service.name, new Map(service.instances.map((one) => [one.id, one]))]));
		tellers.state(all);
	},
	state({ stale, ageMs }) {
		known.freshness = { stale, ageMs, at: Date.now() };
	},
	instance({ change, instance }) {
		const { name, id } = instance;
		const instances = known.services.get(name) ?? new Map();
		if (change === 'removed') {
			instances.delete(id);
			leaving.set(id, { instance, at: Date.now() });
		}
		else {
			if (!instances.has(id)) {
				arrivals.set(id, Date.now());
			}
			leaving.delete(id);
			instances.set(id, instance);
		}
		if (instances.size > 0) {
			known.services.set(name, instances);
		}
		else {
			known.services.delete(name);
		}
		forget(arrivals, (at) => at);
		forget(leaving, ({ at }) => at);
	},
	history({ events }) {
		// Most come one by one and in order; many may come at once.
		if (events.length === 1 && known.history.length > 0 && BigInt(events[0].revision) > BigInt(known.history[0].revision)) {
			known.history = [events[0], ...known.history.slice(0, KEPT - 1)];
			return;
		}
		const all = new Map([...events, ...known.history].map((one) => [one.revision + one.instance, one]));
		known.history = [...all.values()].sort((one, other) => (BigInt(other.revision) > BigInt(one.revision)) ? 1 : -1).slice(0, KEPT);
	},
	ensemble(view) {
		known.ensemble = view;
	},
	elections(view) {
		known.elections = view.elections;
	},
	locks(view) {
		known.locks = view;
		if (!view.available) {
			known.deadlocks = [];
		}
	},
	lock(queue) {
		const locks = known.locks?.locks;
		if (locks) {
			const at = locks.findIndex((one) => one.name === queue.name);
			locks.splice((at < 0) ? locks.length : at, (at < 0) ? 0 : 1, ...(queue.holders || queue.waiters ? [queue] : []));
		}
	},
	deadlocks(view) {
		known.deadlocks = view.deadlocks;
	},
};

function forget(map, at) {
	for (const [key, value] of map) {
		if (Date.now() - at(value) > FADING) {
			map.delete(key);
		}
	}
}

/** Whether an instance came a moment ago. */
export function isNew(id) {
	return Date.now() - (arrivals.get(id) ?? 0) < FADING;
}

/** Those of a service that have left a moment ago. */
export function leavers(service) {
	return [...leaving.values()].filter(({ instance, at }) => instance.name === service && Date.now() - at < FADING).map(({ instance }) => instance);
}

/** What happened in the last hour, of one service or of all, the newest first. */
export function lastHour(service) {
	return known.history.filter((one) => (service === undefined || one.service === service) && Date.now() - Date.parse(one.at) < HOUR);
}

export const isUp = (instance) => instance.status === 'UP' && instance.address !== null;
