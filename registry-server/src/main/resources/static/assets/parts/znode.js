// One znode: its data, its stat, its children, and what happens to it while one looks.

import { html, nothing } from '../lib.js';
import { time, t } from '../i18n.js';
import { changed } from '../store.js';
import { follow } from '../live.js';
import { may } from '../session.js';
import { refusal } from '../dialog.js';
import { address, child, name, read } from './branches.js';
import { data } from './znode-data.js';
import { askCreate, askDelete, askWrite } from './znode-changes.js';
import { kind, protection, stat } from './znode-stat.js';
import './znode-messages.js';

const MOST_EVENTS = 100;
const MOST_CHILDREN = 100;
const QUIET = 100;

let shown = null;
let below = false;

/** Shows a znode and watches it until another one is shown. */
export function select(path) {
	if (shown?.path === path) {
		return;
	}
	deselect();
	shown = { path, znode: null, error: null, events: [], status: 'connecting', told: false, close: () => {}, timer: null };
	load(shown);
	watch(shown);
}

export function deselect() {
	shown?.close();
	clearTimeout(shown?.timer);
	shown = null;
}

async function load(which) {
	try {
		which.znode = await read(which.path);
		which.error = null;
	}
	catch (error) {
		which.error = error;
		which.znode = (error.status === 404) ? null : which.znode;
	}
	changed();
}

function watch(which) {
	which.close();
	which.close = follow('znodes/stream?path=' + encodeURIComponent(which.path) + '&recursive=' + below, (event, body) => {
		if (['created', 'changed', 'deleted'].includes(event)) {
			which.events = [{ event, path: body.path, at: Date.now() }, ...which.events].slice(0, MOST_EVENTS);
			soon(which);
			changed();
		}
	}, (status) => {
		// What happened while nobody told it is read.
		if (status === 'live') {
			which.told && soon(which);
			which.told = true;
		}
		which.status = (status === 'connecting' && which.status === 'lost') ? 'lost' : status;
		changed();
	});
}

// Many events at once are one reading.
function soon(which) {
	which.timer ??= setTimeout(() => {
		which.timer = null;
		load(which);
	}, QUIET);
}

function crumbs(path) {
	const parts = path.split('/').filter(Boolean);
	return html`<nav class="path code" aria-label=${t('tree.path')}><a href=${address('/')}>/</a>${parts.map((part, i) => {
		const one = '/' + parts.slice(0, i + 1).join('/');
		return html`${i ? html`<span aria-hidden="true">/</span>` : nothing}<a href=${address(one)} aria-current=${one === path ? 'page' : nothing}>${part}</a>`;
	})}</nav>`;
}

function title(path, znode) {
	const guard = protection(path);
	const mayChange = may('operator') && guard !== 'never';
	return html`<section class="card">
		${crumbs(path)}
		<div class="title"><h2 class="code">${name(path)}</h2>
			${znode && mayChange ? html`<div class="buttons">
				${kind(znode).ephemeral ? nothing : html`<button class="quiet" @click=${() => askCreate(path)}>${t('tree.create')}</button>`}
				<button class="quiet" @click=${() => askWrite(znode)}>${t('tree.edit')}</button>
				${path === '/' ? nothing : html`<button class="quiet" @click=${() => askDelete(znode)}>${t('tree.delete')}</button>`}
			</div>` : nothing}</div>
		${znode ? html`<p>${kind(znode).names.map((one) => html`<span class="pill">${t('kind.' + one)}</span> `)}<span class="soft">${t('kind.' + kind(znode).names[0] + '.why')}</span></p>` : nothing}
		${guard ? html`<p class="note">${t('guard.' + guard)}</p>` : nothing}
	</section>`;
}

function children({ path, children: all }) {
	return html`<section class="card"><h2>${t('tree.children')} <small>${all.length}</small></h2>
		${all.length ? html`<ul class="found">${all.slice(0, MOST_CHILDREN).map((one) => html`<li><a class="code" href=${address(child(path, one))}>${one}</a></li>`)}</ul>` : html`<p class="soft">${t('tree.childless')}</p>`}
		${all.length > MOST_CHILDREN ? html`<p class="soft">${t('tree.more', { count: all.length - MOST_CHILDREN })}</p>` : nothing}</section>`;
}

function setBelow(event) {
	below = event.target.checked;
	watch(shown);
}

function watched() {
	return html`<section class="card"><div class="title"><h2>${t('watch.title')}</h2>
			<span class="pill ${shown.status}" role="status">${t('watch.' + shown.status)}</span></div>
		<label class="check"><input type="checkbox" .checked=${below} @change=${setBelow}>${t('watch.below')}</label>
		<ul class="happened" aria-live="polite" aria-label=${t('watch.title')}>${shown.events.map(({ event, path, at }) => html`<li class="arrived">
			<time class="soft">${time(at)}</time><span class="pill ${event === 'created' ? 'good' : event === 'deleted' ? 'bad' : 'warn'}">${t('watch.' + event)}</span><a class="code" href=${address(path)}>${path}</a></li>`)}</ul>
		${shown.events.length ? nothing : html`<p class="soft">${t('watch.nothing')}</p>`}
		<details><summary>${t('watch.about')}</summary><p>${t('watch.once')}</p><p>${t('watch.lasting')}</p><p>${t('watch.here')}</p></details></section>`;
}

/** The znode that is shown. */
export function znode(path, query) {
	if (shown?.path !== path) {
		return null;
	}
	const { znode: one, error } = shown;
	return html`${title(path, one)}
		${error?.status === 404 ? html`<section class="card"><p>${t('tree.gone')}</p></section>` : error ? html`<section class="card">${refusal(error)}</section>` : nothing}
		${one ? html`${data(one, query)}${stat(one)}${children(one)}` : error ? nothing : html`<section class="card"><p class="soft reading">${t('tree.reading')}</p></section>`}
		${watched()}`;
}
