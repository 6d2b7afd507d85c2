// One lock drawn as what it is: those who hold it, and those who wait, in order.

import { html, nothing, repeat } from '../lib.js';
import { span, t } from '../i18n.js';
import { call, path } from '../api.js';
import { ask } from '../dialog.js';
import { may } from '../session.js';
import './lock-messages.js';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** '1m30s' in milliseconds. */
function duration(text) {
	return [...text.matchAll(/(\d+)(ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0);
}

const who = (place) => place.owner ?? place.principal ?? t('place.unknown');
const passed = (queue) => Date.now() - queue.readAt;

function lease(queue, place) {
	if (place.ttl === undefined) {
		return html`<span class="soft">${t('place.session')}</span>`;
	}
	const left = Math.max(0, place.expiresInMs - passed(queue));
	const share = Math.min(1, left / (duration(place.ttl) || 1));
	return html`<span class="lease ${share < .2 ? 'low' : ''}"><i style="width: ${Math.round(100 * share)}%"></i></span> <small>${t('place.left', { left: span(left), ttl: span(duration(place.ttl)) })}</small>`;
}

/** Asks for a reason, and ends a place with it. */
function end(queue, place, key, danger, action) {
	const names = { name: queue.name, owner: who(place), ttl: place.ttl && span(duration(place.ttl)) };
	return html`<button class="quiet small" @click=${() => ask({
		title: t(key + '.title', names), text: t(key + '.text', names), confirm: t(key + '.do'), danger,
		content: html`<label>${t('place.reason')} <input name="reason" required maxlength="200" autocomplete="off"></label>`,
		action: ({ reason }) => action(reason.trim()),
	})}>${t(key + '.do')}</button>`;
}

function remove(queue, place) {
	return (reason) => call('DELETE', (place.lease ? path`lock-service/locks/${queue.name}/leases/${place.lease}` : path`lock-service/locks/${queue.name}/places/${place.node}`)
		+ '?reason=' + encodeURIComponent(reason));
}

function actions(queue, place) {
	if (!may('operator') || !place.node) {
		return nothing;
	}
	if (place.state === 'WAITING') {
		return end(queue, place, 'cancel', true, remove(queue, place));
	}
	const revoke = (place.lease && place.revoked === undefined) ? end(queue, place, 'revoke', true,
		(reason) => call('POST', path`lock-service/locks/${queue.name}/leases/${place.lease}/revoke`, { body: { reason } })) : nothing;
	return html`${revoke} ${end(queue, place, 'force', true, remove(queue, place))}`;
}

function identity(place) {
	return html`<strong>${who(place)}</strong> ${place.principal && place.principal !== place.owner ? html`<small>${t('place.principal', { principal: place.principal })}</small>` : nothing}
		<span class="pill">${t('client.' + place.client)}</span>${place.mode === 'SHARED' ? html` <span class="pill">${t('mode.SHARED')}</span>` : nothing}
		${place.revoked !== undefined ? html` <span class="pill warn">${t('place.revoked', { reason: place.revoked })}</span>` : nothing}`;
}

function holder(queue, place) {
	return html`<li class="place holder"><div>${identity(place)}</div>
		<div>${lease(queue, place)}</div>
		<div class="soft">${t('place.since')} ${span(place.sinceMs + passed(queue))}${place.fencingToken ? html` · ${t('place.token')} <code>${place.fencingToken}</code>` : nothing}</div>
		<div class="actions">${actions(queue, place)}</div></li>`;
}

function waiter(queue, place, index) {
	return html`<li class="place"><div><span class="soft number">${index + 1}.</span> ${identity(place)}</div>
		<div class="soft">${t('place.since')} ${span(place.sinceMs + passed(queue))}</div><div class="actions">${actions(queue, place)}</div></li>`;
}

const key = (place, i) => place.node ?? i;

function list(places, count, shown, tag, line) {
	const rows = repeat(places.slice(0, shown), key, line);
	return html`${tag === 'ol' ? html`<ol class="queue">${rows}</ol>` : html`<ul class="queue">${rows}</ul>`}
		${count > shown ? html`<p class="soft">${t('queue.more', { count: count - shown })}</p>` : nothing}`;
}

/**
 * The queue, with as many places as are shown at once.
 * @param counts how many holders and waiters there are in all, where it is known
 */
export function queueCard(queue, counts, shown, more) {
	const { holders, waiters, permits, kind } = queue;
	// Only so many are read: those that were not are known by their number.
	const all = (name) => (queue[name].length < shown) ? queue[name].length : Math.max(queue[name].length, counts?.[name] ?? 0);
	const [held, waiting] = [all('holders'), all('waiters')];
	if (held + waiting === 0) {
		return html`<p class="empty">${t('queue.gone', { name: queue.name })}</p>`;
	}
	return html`<section class="card" aria-labelledby="holders"><h2 id="holders">${t('queue.holders')} <small>${kind === 'SEMAPHORE' ? t('kind.permits', { used: held, all: permits }) : nothing}</small></h2>
			${held === 0 ? html`<p class="soft">${t('queue.free')}</p>` : list(holders, held, shown, 'ul', (place) => holder(queue, place))}</section>
		<section class="card" aria-labelledby="waiters"><h2 id="waiters">${t('queue.waiters')} <small>${waiting}</small></h2>
			${waiting === 0 ? html`<p class="soft">${t('queue.nobody')}</p>` : list(waiters, waiting, shown, 'ol', (place, i) => waiter(queue, place, i))}
			${Math.max(held, waiting) > shown ? html`<div class="buttons"><button class="quiet" @click=${more}>${t('locks.more')}</button></div>` : nothing}</section>`;
}
