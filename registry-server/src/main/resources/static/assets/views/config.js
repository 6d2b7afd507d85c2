// The configuration of applications: their properties, who wrote them when, and what they were before.

import { html, nothing, repeat } from '../lib.js';
import { t, time } from '../i18n.js';
import { call, path } from '../api.js';
import { changed, state } from '../store.js';
import { link } from '../router.js';
import { may } from '../session.js';
import { refusal } from '../dialog.js';
import { askAdd, askEdit, askRemove } from '../parts/config-changes.js';
import { history } from '../parts/config-history.js';
import '../parts/config-messages.js';

/** The stream tells what is changed through this server; this is for the rest. */
const POLL = 5_000;

let applications = null;
let shown = null;
let versions = null;
let error = null;
let timer = null;

async function load() {
	const [application, key] = state.route.parts;
	try {
		[applications, shown, versions] = await Promise.all([call('GET', 'config'), application ? call('GET', path`config/${application}`) : null,
			key ? call('GET', path`config/${application}/${key}/versions`) : null]);
		error = null;
	}
	catch (failure) {
		error = failure;
	}
	changed();
}

export function enter() {
	load();
	timer ??= setInterval(() => { document.hidden || load(); }, POLL);
}

export function leave() {
	clearInterval(timer);
	timer = null;
}

export function on(event) {
	// The path of what changed may hold for all that is shown: the list of applications counts properties.
	if (event === 'config' && state.route.view === 'config') {
		load();
	}
}

function meaning(name) {
	const [application, profile] = name.split(',');
	return (name === 'application') ? t('config.all') : profile ? t('config.profile', { name: application === 'application' ? t('config.all') : application, profile }) : '';
}

function list(selected) {
	return html`<section class="card"><div class="title"><h2>${t('config.applications')}</h2>${may('operator') ? html`<button class="quiet small" @click=${() => askAdd(selected, load)}>${t('config.add')}</button>` : nothing}</div>
		${applications.applications.length ? html`<ul class="found">${applications.applications.map(({ name, properties }) => html`<li><a href=${link('config', [name])} aria-current=${name === selected ? 'true' : nothing}>${name}</a>
			<small>${t('config.count', { count: properties })}${meaning(name) ? ' · ' + meaning(name) : ''}</small></li>`)}</ul>` : html`<p class="soft">${t('config.none')}</p>`}</section>`;
}

function row(application, [key, one]) {
	return html`<tr><th scope="row"><a href=${link('config', [application, key])}><code>${key}</code></a></th><td><code class="value">${one.value}</code></td>
		<td>${one.by ?? html`<span class="soft">${t('config.other')}</span>`}</td><td>${time(one.at)}</td><td><code>${one.version}</code></td>
		<td class="acts"><a class="button quiet small" href=${link('config', [application, key])} aria-label=${t('config.history') + ': ' + key}>${t('config.history')}</a>
			${may('operator') ? html`<button class="quiet small" aria-label=${t('config.edit') + ': ' + key} @click=${() => askEdit(application, key, one, load)}>${t('config.edit')}</button>
			<button class="quiet small" aria-label=${t('config.delete') + ': ' + key} @click=${() => askRemove(application, key, one, load)}>${t('config.delete')}</button>` : nothing}</td></tr>`;
}

function properties() {
	const { application, properties: all } = shown;
	return html`<section class="card"><h2>${application} <small>${meaning(application)}</small></h2>
		${Object.keys(all).length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${application}><table class="properties"><thead><tr>${['key', 'value', 'by', 'at', 'version'].map((one) => html`<th scope="col">${t('config.' + one)}</th>`)}<th scope="col"><span class="unseen">${t('config.actions')}</span></th></tr></thead>
		<tbody aria-live="polite">${repeat(Object.entries(all), ([key, one]) => key + one.version, (entry) => row(application, entry))}</tbody></table></div>` : html`<p class="soft">${t('config.empty', { application })}</p>`}</section>`;
}

export function view(route) {
	const [application, key] = route.parts;
	return html`<h1>${t('view.config')}</h1><p class="soft">${t('config.about')}</p>
		${(shown ?? applications)?.stale ? html`<p class="note warn" role="status">${t('config.stale')}</p>` : nothing}
		${error ? refusal(error) : nothing}
		${applications ? html`<div class="config-view"><div>${list(application)}</div><div>
			${shown && shown.application === application ? properties() : nothing}
			${versions && versions.key === key && versions.application === application ? history(versions, route.query, load) : nothing}</div></div>` : nothing}`;
}
