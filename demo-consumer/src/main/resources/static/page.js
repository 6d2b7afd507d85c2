"use strict";

// The server sends the whole state four times a second; what has come and gone is found here by comparing.
const WINDOW_MS = 10_000;
const NEW_MS = 10_000;
const GONE_MS = 30_000;
const MAX_EVENTS = 100;

const $ = (id) => document.getElementById(id);
const rows = new Map();      // instance id -> what is known of it and its row
const history = [];          // [time, served by instance] of the window
let last = null;             // the state before
let stale = null;
let connected = false;

function clock(time) {
	return time.toLocaleTimeString([], { hour12: false });
}

function event(text) {
	const item = document.createElement("li");
	const time = document.createElement("time");
	time.textContent = clock(new Date());
	item.append(time, document.createTextNode(text));
	$("events").prepend(item);
	while ($("events").childElementCount > MAX_EVENTS) {
		$("events").lastElementChild.remove();
	}
}

function cell(className, content) {
	const td = document.createElement("td");
	td.className = className;
	td.append(...content);
	return td;
}

function newRow(id) {
	const row = { id, since: performance.now(), leftAt: null, badge: document.createElement("span") };
	row.tr = document.createElement("tr");
	row.address = cell("address", []);
	row.bar = document.createElement("div");
	row.bar.className = "bar";
	const track = document.createElement("div");
	track.className = "track";
	track.append(row.bar);
	row.rate = cell("number", ["0"]);
	row.served = cell("number", ["0"]);
	row.tr.append(cell("name", [id, row.badge]), row.address, cell("", [track]), row.rate, row.served);
	rows.set(id, row);
	const after = [...rows.keys()].sort().find((other) => other > id);
	$("instances").insertBefore(row.tr, after === undefined ? null : rows.get(after).tr);
	return row;
}

function follow(state) {
	const now = performance.now();
	const present = new Map(state.servers.instances.map((instance) => [instance.id, instance]));
	for (const [id, instance] of present) {
		const known = rows.get(id);
		const row = known ?? newRow(id);
		if (last !== null && (known === undefined || known.leftAt !== null)) {
			event(`${id} joined`);
		}
		if (known === undefined && last === null) {
			row.since = -Infinity;
		}
		if (known !== undefined && known.instance.status !== instance.status) {
			event(`${id} is ${instance.status}`);
		}
		if (known !== undefined && !known.instance.suspect && instance.suspect) {
			event(`${id} is a suspect: its node is gone with most of the others, and it stays in use for now`);
		}
		row.leftAt = null;
		row.instance = instance;
	}
	for (const row of rows.values()) {
		if (!present.has(row.id) && row.leftAt === null) {
			row.leftAt = now;
			event(`${row.id} left`);
		}
		if (row.leftAt !== null && now - row.leftAt > GONE_MS) {
			row.tr.remove();
			rows.delete(row.id);
		}
	}
}

function badge(row) {
	if (row.leftAt !== null) {
		return ["left", "left"];
	}
	if (row.instance.suspect) {
		return ["suspect", "suspect"];
	}
	if (row.instance.status !== "UP") {
		return ["status", row.instance.status.toLowerCase().replaceAll("_", " ")];
	}
	return performance.now() - row.since < NEW_MS ? ["new", "new"] : ["", ""];
}

function draw(state) {
	const now = performance.now();
	history.push([now, state.served]);
	while (history.length > 2 && now - history[0][0] > WINDOW_MS) {
		history.shift();
	}
	const [start, before] = history[0];
	const seconds = Math.max((now - start) / 1000, 0.25);
	const recent = (id) => (state.served[id] ?? 0) - (before[id] ?? 0);
	const sum = Object.keys(state.served).reduce((total, id) => total + recent(id), 0);
	for (const row of rows.values()) {
		const [kind, text] = badge(row);
		row.badge.className = kind === "" ? "" : `badge ${kind}`;
		row.badge.textContent = text;
		row.tr.className = row.leftAt === null ? "" : "gone";
		const { address, port } = row.instance;
		row.address.textContent = address === null ? "no endpoint" : `${address}:${port}`;
		row.bar.style.width = `${sum === 0 ? 0 : 100 * recent(row.id) / sum}%`;
		row.rate.textContent = (recent(row.id) / seconds).toFixed(1);
		row.served.textContent = (state.served[row.id] ?? 0).toLocaleString();
	}
	$("up").textContent = state.servers.instances.filter((instance) => instance.status === "UP" && !instance.suspect).length;
	$("rate").textContent = (sum / seconds).toFixed(1);
	$("total").textContent = Object.values(state.served).reduce((a, b) => a + b, 0).toLocaleString();
	$("failed").textContent = state.failures.toLocaleString();
	$("failed-box").className = state.failures > 0 ? "bad" : "";
	$("nobody").hidden = rows.size > 0;
}

function duration(ms) {
	const seconds = Math.floor(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function freshness(state) {
	const { servers } = state;
	const pill = $("freshness");
	pill.className = servers.stale ? "pill" : "pill fresh";
	if (!servers.stale) {
		pill.textContent = "up to date";
		const epoch = state.epoch >= 0 ? `, epoch ${state.epoch}` : "";
		$("heard").textContent = `ensemble heard ${(servers.ageMs / 1000).toFixed(1)} s ago${epoch}`;
	} else if (servers.staleSince === null) {
		pill.textContent = `waiting for ${duration(servers.ageMs)}`;
		$("heard").textContent = "no ensemble has answered yet";
	} else {
		pill.textContent = `stale for ${duration(servers.ageMs)}`;
		$("heard").textContent = `since ${clock(new Date(servers.staleSince))}, the last list stays in use`;
	}
	if (stale !== null && stale !== servers.stale) {
		event(servers.stale ? "the ensemble is lost: the last list stays in use" : "the ensemble is back");
	}
	stale = servers.stale;
	if (last !== null && state.elections > last.elections) {
		event(`a new leader was elected: epoch ${state.epoch} (was ${last.epoch})`);
	}
}

let shownLoad = 0;

function showLoad(perSecond) {
	const on = perSecond > 0;
	$("switch").setAttribute("aria-pressed", String(on));
	$("switch").textContent = on ? "Stop the load" : "Start the load";
	if (on && perSecond !== shownLoad) {
		// Only a change is followed: a slider that is being moved is left alone.
		$("speed").value = perSecond;
		$("speed-shown").textContent = perSecond;
	}
	shownLoad = perSecond;
}

async function changeLoad(perSecond) {
	await fetch("load", {
		method: "PUT",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ perSecond }),
	});
}

$("speed").addEventListener("input", () => { $("speed-shown").textContent = $("speed").value; });
$("speed").addEventListener("change", () => {
	if ($("switch").getAttribute("aria-pressed") === "true") {
		changeLoad(Number($("speed").value));
	}
});
$("switch").addEventListener("click", () => {
	changeLoad($("switch").getAttribute("aria-pressed") === "true" ? 0 : Number($("speed").value));
});
$("one").addEventListener("click", () => fetch("rides"));

const stream = new EventSource("live");
stream.addEventListener("state", (message) => {
	const state = JSON.parse(message.data);
	connected = true;
	follow(state);
	draw(state);
	freshness(state);
	showLoad(state.perSecond);
	last = state;
});
stream.addEventListener("error", () => {
	$("freshness").className = "pill lost";
	$("freshness").textContent = "demo-consumer does not answer";
	$("heard").textContent = "";
	if (connected) {
		event("the connection to demo-consumer is lost; trying again");
		connected = false;
		history.length = 0;
	}
});
