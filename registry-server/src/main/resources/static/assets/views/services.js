// The services, and one of them with its instances.

import { html, nothing, repeat } from '../lib.js';
import { current, span, t, time } from '../i18n.js';
import { call, path } from '../api.js';
import { changed } from '../store.js';
import { link, replace } from '../router.js';
import { ask } from '../dialog.js';
import { may } from '../session.js';
import { isNew, isUp, known, lastHour, leavers } from '../known.js';
import { timeline } from '../parts/timeline.js';
import { eventList } from '../parts/events.js';
import '../parts/service-messages.js';

const WINDOW = 100;
const EVENTS = 50;

export const paged = true;

let shown = WINDOW;

export function enter() {
	shown = WINDOW;
}

/** What there is to be said of a service at a glance: [key of the text, tone]. */
export function condition(instances) {
	const all = [...instances.values()];
	const up = all.filter(isUp).length;
	return (up === 0) ? ['state.down', 'bad'] : (up === 1 && all.length > 1) ? ['state.last', 'warn'] : (up < all.length) ? ['state.some', 'warn'] : ['state.up', 'good'];
}

export function view(route) {
	if (!known.loaded) {
		return html`<h1>${t('view.services')}</h1><p class="empty reading">${t('services.loading')}</p>`;
	}
	return (route.parts.length > 0) ? service(route.parts[0]) : list(route.query.q ?? '');
}

function more(count) {
	return (count > shown) ? html`<div class="buttons"><button class="quiet" @click=${() => { shown += WINDOW; changed(); }}>${t('services.more')}</button></div>` : nothing;
}

function list(wanted) {
	const all = [...known.services].sort(([one], [other]) => one.localeCompare(other, current()));
	const found = all.filter(([name]) => name.toLowerCase().includes(wanted.toLowerCase()));
	const latest = new Map(known.history.toReversed().map((one) => [one.service, one]));
	return html`<h1>${t('view.services')}</h1>
		<div class="card">
			<label class="find">${t('services.search')} <input type="search" .value=${wanted} autocomplete="off" @input=${(e) => { shown = WINDOW; replace('services', [], e.target.value ? { q: e.target.value } : {}); }}></label>
			<p class="soft" role="status">${wanted ? t('services.found', { found: found.length, count: all.length }) : t('services.count', { count: all.length })}</p>
			${found.length === 0 ? html`<p class="empty">${t(all.length === 0 ? 'services.none' : 'services.nothing')}</p>` : html`
			<div class="scroll" tabindex="0" role="region" aria-label=${t('view.services')}><table class="unbroken stack">
				<thead><tr><th scope="col">${t('services.name')}</th><th scope="col">${t('services.instances')}</th><th scope="col">${t('services.state')}</th><th scope="col">${t('services.last')}</th></tr></thead>
				<tbody>${repeat(found.slice(0, shown), ([name]) => name, ([name, instances]) => row(name, instances, latest.get(name)))}</tbody>
			</table></div>${more(found.length)}`}
		</div>`;
}

function row(name, instances, event) {
	const [state, tone] = condition(instances);
	return html`<tr><th scope="row"><a href=${link('services', [name])}>${name}</a></th>
		<td data-label=${t('services.instances')}>${t('services.up', { up: [...instances.values()].filter(isUp).length, all: instances.size })}</td>
		<td data-label=${t('services.state')}><span class="pill ${tone}">${t(state)}</span></td>
		<td data-label=${t('services.last')}>${event ? html`${t('change.' + event.change)} <small>${t('events.ago', { span: span(Date.now() - Date.parse(event.at)) })}</small>` : nothing}</td></tr>`;
}

function service(name) {
	const instances = known.services.get(name) ?? new Map();
	const events = lastHour(name);
	const rows = [...instances.values(), ...leavers(name).filter(({ id }) => !instances.has(id))].sort((one, other) => (one.id < other.id) ? -1 : 1);
	const [state, tone] = condition(instances);
	return html`<p><a href=${link('services')}>← ${t('services.back')}</a></p>
		<h1>${name} ${instances.size > 0 ? html`<span class="pill ${tone}">${t(state)}</span>` : nothing}</h1>
		<section class="card" aria-label=${t('services.hour')}><h2>${t('services.hour')}</h2>${timeline(instances.size, events)}</section>
		<section class="card" aria-labelledby="instances"><h2 id="instances">${t('services.instances')} <small>${t('services.up', { up: [...instances.values()].filter(isUp).length, all: instances.size })}</small></h2>
			${rows.length === 0 ? html`<p class="empty">${t('services.gone', { name })}</p>` : html`
			<div class="scroll" tabindex="0" role="region" aria-labelledby="instances"><table class="unbroken stack">
				<thead><tr><th scope="col">${t('instance.id')}</th><th scope="col">${t('instance.status')}</th><th scope="col">${t('instance.address')}</th><th scope="col">${t('instance.metadata')}</th>
					<th scope="col">${t('instance.age')}</th><th scope="col">${t('instance.layout')}</th>${may('operator') ? html`<th scope="col">${t('instance.actions')}</th>` : nothing}</tr></thead>
				<tbody aria-live="polite" aria-relevant="additions removals">${repeat(rows.slice(0, shown), ({ id }) => id, (one) => instanceRow(one, instances))}</tbody>
			</table></div>${more(rows.length)}`}
		</section>
		<section class="card" aria-labelledby="happened"><h2 id="happened">${t('services.happened')}</h2>${eventList(events.slice(0, EVENTS))}</section>`;
}

const TONE = { UP: 'good', DRAINING: 'warn', OUT_OF_SERVICE: 'bad' };

function address(instance) {
	return (instance.address === null) ? null : instance.address + ':' + instance.port;
}

function instanceRow(instance, instances) {
	const there = instances.has(instance.id);
	return html`<tr class=${!there ? 'leaving' : isNew(instance.id) ? 'arrived' : ''} data-instance=${instance.id}>
		<th scope="row"><a href=${link('tree', instance.path.split('/').filter(Boolean))}><code>${instance.id}</code></a></th>
		<td data-label=${t('instance.status')}>${!there ? html`<span class="pill bad">${t('instance.left')}</span>` : html`<span class="pill ${TONE[instance.status] ?? ''}">${t('status.' + instance.status)}</span>`}
			${instance.suspect && there ? html`<span class="pill warn" title=${t('instance.suspect.why')}>${t('instance.suspect')}</span>` : nothing}</td>
		<td data-label=${t('instance.address')}>${address(instance) ? html`<code>${instance.secure ? 'https://' : ''}${address(instance)}</code>` : html`<span class="soft">${t('instance.noaddress')}</span>`}</td>
		<td data-label=${t('instance.metadata')}>${metadata(instance)}</td>
		<td data-label=${t('instance.age')}>${instance.registeredAt ? html`<time datetime=${instance.registeredAt} title=${time(instance.registeredAt)}>${span(Date.now() - Date.parse(instance.registeredAt))}</time>` : '–'}</td>
		<td data-label=${t('instance.layout')}>${t('layout.' + instance.layout)}</td>
		${may('operator') ? html`<td class="actions">${there ? actions(instance, instances) : nothing}</td>` : nothing}</tr>`;
}

function metadata(instance) {
	const entries = Object.entries(instance.metadata).filter(([key]) => key !== 'instance_status');
	return entries.length === 0 ? html`<span class="soft">–</span>` : html`<ul class="metadata">${entries.map(([key, value]) => html`<li><code>${key}=${value}</code></li>`)}</ul>`;
}

const CHANGES = [['drain', 'DRAINING'], ['out', 'OUT_OF_SERVICE'], ['up', 'UP']];

function actions(instance, instances) {
	const others = [...instances.values()].filter((one) => isUp(one) && one.id !== instance.id).length;
	return CHANGES.filter(([, status]) => status !== instance.status).map(([key, status]) => html`<button class="quiet small" @click=${() => ask({
		title: t(key + '.title', { id: instance.id }),
		text: t(key + '.text', { id: instance.id, address: address(instance) ?? t('instance.noaddress') }),
		content: (status !== 'UP' && isUp(instance) && others === 0) ? html`<p class="note warn">${t('last.warning', { name: instance.name })}</p>` : nothing,
		confirm: t(key + '.do'),
		danger: status !== 'UP',
		action: () => call('PATCH', path`services/${instance.name}/instances/${instance.id}`, { body: { status } }),
	})}>${t(key + '.do')}</button>`);
}
