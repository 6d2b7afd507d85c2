// The ensemble: its members, the elections seen, elections to be thought through, and its settings.

import { html, nothing } from '../lib.js';
import { current, t, time } from '../i18n.js';
import { call } from '../api.js';
import { changed, state } from '../store.js';
import { link } from '../router.js';
import { refusal } from '../dialog.js';
import { decide, reason, stood, story } from '../parts/election.js';
import { drawing, table, voters } from '../parts/members.js';
import { settings } from '../parts/settings.js';
import { enterSimulator, simulator } from '../parts/simulator.js';
import '../parts/ensemble-messages.js';

/** Milliseconds from one question to the next where the stream does not tell. */
const POLL = 2_000;

const PARTS = ['members', 'elections', 'simulator', 'configuration'];

let ensemble = null;
let elections = null;
let configuration = null;
let error = null;
let streamed = 0;
let timer = null;

async function load(where, take) {
	try {
		take(await call('GET', where));
		error = null;
	}
	catch (failure) {
		error = failure;
	}
	changed();
}

export function enter(route) {
	ask();
	timer ??= setInterval(() => { Date.now() - streamed < 5 * POLL && state.connection.status === 'live' || ask(); }, POLL);
	if (route.parts[0] === 'configuration') {
		load('ensemble/configuration', (body) => { configuration = body; });
	}
	if (route.parts[0] === 'simulator') {
		enterSimulator(route.query);
	}
}

export function leave() {
	clearInterval(timer);
	timer = null;
}

function ask() {
	load('ensemble', (body) => { ensemble = body; });
	load('ensemble/elections', (body) => { elections = body; });
}

export function on(event, data) {
	if (event === 'ensemble') {
		ensemble = data;
	}
	else if (event === 'elections') {
		elections = data;
	}
	// These come only when something has changed: whoever tells the state of the stream tells them too.
	if (['ensemble', 'state'].includes(event)) {
		streamed = Date.now();
	}
}

function health() {
	const { all, there, needed } = voters(ensemble.members);
	const spare = there - needed;
	return html`<p class="verdict ${ensemble.quorum ? 'good' : 'bad'}" role="status">${t(ensemble.quorum ? 'ensemble.quorum' : 'ensemble.noquorum')}
		<span>${t('ensemble.there', { there, all, needed })} ${!ensemble.quorum ? t('ensemble.readonly', { count: Math.max(1, -spare) }) : spare > 0 ? t('ensemble.spare', { count: spare }) : t('ensemble.nospare')}</span></p>`;
}

function told(election) {
	const { epoch, winner, voters: members, before, candidates, explained, at } = election;
	const heard = candidates.filter((one) => one.epoch !== null && one.zxid !== null);
	return html`<h3><a href=${link('ensemble', ['elections', epoch])}>${t('story.title', { epoch, winner })}</a> <small>${t('story.at', { at: time(at) })}</small></h3>
		<p>${explained ? t('story.short', { winner, why: reason(decide(members, heard)) }) : current() === 'en' ? election.why : t('story.unexplained')}</p>
		<p>${before.leader === winner ? t('story.again', before) : t('story.before', before)}</p>
		${explained ? story(members, heard, { winner, epoch }) : nothing}
		<h3>${t('story.stood')}</h3>${stood(members, candidates, winner)}
		<p class="soft"><small>${t('story.note')}</small></p>`;
}

function members() {
	const latest = elections?.elections[0];
	return html`${health()}
		<section class="card"><h2>${t('ensemble.members')}</h2>${drawing(ensemble.members)}${table(ensemble.members)}</section>
		<section class="card" aria-live="polite"><h2>${t('story.latest')}</h2>${latest ? told(latest) : html`<p class="soft">${t('story.none')}</p>`}</section>`;
}

function allElections([, wanted]) {
	const all = elections?.elections ?? [];
	const open = wanted ?? all[0]?.epoch;
	return html`<section class="card" aria-live="polite"><h2>${t('story.all')}</h2>${all.length ? html`<ol class="elections">${all.map((one) => html`<li>
		${String(one.epoch) === String(open) ? told(one) : html`<a href=${link('ensemble', ['elections', one.epoch])}>${t('story.title', one)}</a> <small>${t('story.at', { at: time(one.at) })}</small>`}</li>`)}</ol>`
		: html`<p class="soft">${t('story.none')}</p>`}</section>`;
}

function part(route) {
	const which = route.parts[0];
	if (which === 'simulator') {
		return simulator();
	}
	const known = { configuration, elections }[which ?? ''] ?? (which ? null : ensemble);
	if (!known) {
		return error ? nothing : html`<p class="soft reading">${t('ensemble.reading')}</p>`;
	}
	return (which === 'elections') ? allElections(route.parts) : (which === 'configuration') ? settings(configuration) : members();
}

export function view(route) {
	const shown = route.parts[0] ?? 'members';
	return html`<h1>${t('view.ensemble')}</h1>
		<nav class="segments" aria-label=${t('ensemble.parts')}>${PARTS.map((one) => html`<a href=${link('ensemble', one === 'members' ? [] : [one])} aria-current=${one === shown ? 'true' : nothing}>${t('ensemble.' + one)}</a>`)}</nav>
		${error ? refusal(error) : nothing}
		${part(route)}`;
}
