// The locks, and one of them as a queue.

import { html, nothing, repeat } from '../lib.js';
import { span, t } from '../i18n.js';
import { call, path } from '../api.js';
import { changed, state } from '../store.js';
import { link, replace } from '../router.js';
import { refusal } from '../dialog.js';
import { deadlock } from '../parts/deadlock.js';
import { queueCard } from '../parts/queue.js';
import '../parts/lock-messages.js';

const WINDOW = 100;
const AGAIN = 5_000;

export const paged = true;

/** {available, trouble, reason} once it has been told, and the locks by name. */
let told = null;
let locks = new Map();
let deadlocks = [];
/** The queue that is looked at, as it was read last, and why it could not be. */
let queue = null;
let error = null;
let reading = false;
let again = false;
let shown = WINDOW;
let timer = null;

const looked = () => (state.route.view === 'locks') ? state.route.parts[0] : undefined;

export function on(event, data) {
	if (event === 'locks') {
		told = data;
		locks = new Map(data.locks.map((one) => [one.name, one]));
		deadlocks = data.available ? deadlocks : [];
		read();
	}
	else if (event === 'lock') {
		if (data.holders + data.waiters > 0) {
			locks.set(data.name, data);
		}
		else {
			locks.delete(data.name);
		}
		if (data.name === looked()) {
			read();
		}
	}
	else if (event === 'deadlocks') {
		deadlocks = data.deadlocks;
	}
}

export function enter(route) {
	if (queue?.name !== route.parts[0]) {
		shown = WINDOW;
		error = null;
	}
	clearInterval(timer);
	// Renewals move no queue, but the end of a lease.
	timer = setInterval(read, AGAIN);
	read();
}

export function leave() {
	clearInterval(timer);
}

/** One at a time: what changes while it is read is read again. No more of it than is shown: a queue may have thousands. */
async function read() {
	const name = looked();
	if (name === undefined || told?.available !== true) {
		return;
	}
	if (reading) {
		again = true;
		return;
	}
	reading = true;
	try {
		const view = await call('GET', path`lock-service/locks/${name}` + '?limit=' + shown);
		if (name === looked()) {
			queue = { ...view, readAt: Date.now() };
			error = null;
		}
	}
	catch (failure) {
		error = failure;
	}
	reading = false;
	changed();
	if (again || name !== looked()) {
		again = false;
		read();
	}
}

const more = () => { shown += WINDOW; read(); changed(); };

function row(one) {
	return html`<tr><th scope="row"><a href=${link('locks', [one.name])}>${one.name}</a></th><td data-label=${t('locks.kind')}>${t('kind.' + one.kind)}</td>
		<td class="number" data-label=${t('locks.held')}>${one.holders}</td><td class="number" data-label=${t('locks.waiting')}>${one.waiters > 0 ? html`<strong>${one.waiters}</strong>` : 0}</td>
		<td data-label=${t('locks.oldest')}>${one.waitingSince ? span(Date.now() - one.waitingSince) : '–'}</td></tr>`;
}

function list(wanted) {
	const found = [...locks.values()].filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
		.sort((one, other) => other.waiters - one.waiters || other.holders - one.holders || ((one.name < other.name) ? -1 : 1));
	return html`<div class="card">
		<label class="find">${t('locks.search')} <input type="search" .value=${wanted} autocomplete="off" @input=${(e) => { shown = WINDOW; replace('locks', [], e.target.value ? { q: e.target.value } : {}); }}></label>
		<p class="soft" role="status">${wanted ? t('locks.found', { found: found.length, count: locks.size }) : t('locks.count', { count: locks.size })}</p>
		${found.length === 0 ? html`<p class="empty">${t(locks.size === 0 ? 'locks.none' : 'locks.nothing')}</p>` : html`
		<div class="scroll" tabindex="0" role="region" aria-label=${t('view.locks')}><table class="unbroken stack">
			<thead><tr><th scope="col">${t('locks.name')}</th><th scope="col">${t('locks.kind')}</th><th scope="col" class="number">${t('locks.held')}</th><th scope="col" class="number">${t('locks.waiting')}</th><th scope="col">${t('locks.oldest')}</th></tr></thead>
			<tbody>${repeat(found.slice(0, shown), ({ name }) => name, row)}</tbody></table></div>
		${found.length > shown ? html`<div class="buttons"><button class="quiet" @click=${more}>${t('locks.more')}</button></div>` : nothing}`}</div>`;
}

function one(name) {
	const mine = (queue?.name === name) ? queue : null;
	return html`<p><a href=${link('locks')}>← ${t('locks.back')}</a></p>
		<h1>${name} ${mine ? html`<span class="pill">${t('kind.' + mine.kind)}</span>` : nothing}</h1>
		${error ? refusal(error) : nothing}
		${deadlocks.filter(({ locks: inIt }) => inIt.includes(name)).map(deadlock)}
		${mine ? queueCard(mine, locks.get(name), shown, more) : error ? nothing : html`<p class="empty reading">${t('queue.reading')}</p>`}`;
}

export function view(route) {
	const title = html`<h1>${t('view.locks')}</h1>`;
	if (told === null) {
		return html`${title}<p class="empty reading">${t('locks.loading')}</p>`;
	}
	if (!told.available) {
		return html`${title}<div class="note warn" role="alert"><strong>${t('locks.trouble.' + told.trouble)}</strong>${told.trouble === 'none' ? nothing : html`<p><code>${told.reason}</code></p>`}</div>`;
	}
	return (route.parts.length > 0) ? one(route.parts[0]) : html`${title}${deadlocks.map(deadlock)}${list(route.query.q ?? '')}`;
}
