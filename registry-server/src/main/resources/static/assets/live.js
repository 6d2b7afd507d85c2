// Server-sent events, read with fetch() because EventSource cannot send credentials. Follows
// https://html.spec.whatwg.org/multipage/server-sent-events.html, section 9.2.6.

import { send } from './api.js';

const SILENCE = 11_000;
/** A browser has six connections to one server for all of its tabs: one that nobody sees gives its own up after this. */
const UNSEEN = 30_000;
const FIRST_RETRY = 500;
const LAST_RETRY = 5_000;

/**
 * Follows a stream until it is closed, and connects again by itself. Rests while nobody sees the page.
 * @param where the path below the API
 * @param onEvent takes (name, data, id)
 * @param onStatus takes 'connecting', 'live' or 'lost', and for 'lost' the error, if there is one
 * @returns what ends it
 */
export function follow(where, onEvent, onStatus = () => {}) {
	let closed = false;
	let running = false;
	let resting = false;
	let hiding = null;
	let lastId = null;
	let retry = FIRST_RETRY;
	let abort = null;
	let timer = null;

	async function connect() {
		abort = new AbortController();
		running = true;
		let error = null;
		try {
			const headers = { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) };
			heard();
			const response = await send('GET', where, { headers, signal: abort.signal });
			onStatus('live');
			await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
		}
		catch (failure) {
			error = failure;
		}
		running = false;
		clearTimeout(timer);
		if (closed) {
			return;
		}
		if (resting) {
			onStatus('connecting');
			return;
		}
		onStatus('lost', error);
		timer = setTimeout(connect, retry);
		retry = Math.min(2 * retry, LAST_RETRY);
	}

	// A connection on which the server's heartbeats stay away is as good as none.
	function heard() {
		clearTimeout(timer);
		const mine = abort;
		timer = setTimeout(() => mine.abort(), SILENCE);
	}

	function look() {
		clearTimeout(hiding);
		if (document.hidden) {
			hiding = setTimeout(rest, UNSEEN);
		}
		else if (resting) {
			resting = false;
			running || connect();
		}
	}

	function rest() {
		resting = true;
		clearTimeout(timer);
		abort.abort();
		onStatus('connecting');
	}

	async function read(reader) {
		let rest = '';
		for (;;) {
			const { value, done } = await reader.read();
			if (done) {
				return;
			}
			heard();
			const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
			rest = blocks.pop();
			blocks.forEach(dispatch);
		}
	}

	function dispatch(block) {
		let name = 'message';
		let data = null;
		let id = null;
		for (const line of block.split('\n')) {
			const colon = line.indexOf(':');
			const field = (colon < 0) ? line : line.slice(0, colon);
			const value = (colon < 0) ? '' : line.slice(colon + 1).replace(/^ /, '');
			if (field === 'event') {
				name = value;
			}
			else if (field === 'data') {
				data = (data === null) ? value : data + '\n' + value;
			}
			else if (field === 'id') {
				id = value;
			}
		}
		if (data !== null && !closed) {
			retry = FIRST_RETRY;
			lastId = id ?? lastId;
			onEvent(name, JSON.parse(data), id);
		}
	}

	document.addEventListener('visibilitychange', look);
	onStatus('connecting');
	connect();
	look();
	return () => {
		closed = true;
		document.removeEventListener('visibilitychange', look);
		clearTimeout(hiding);
		clearTimeout(timer);
		abort.abort();
	};
}
