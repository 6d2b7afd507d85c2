// The settings that the members go by, what they mean, and what is unsound in them.

import { html, nothing } from '../lib.js';
import { t } from '../i18n.js';
import { label } from './members.js';

// The server says it in English; what is known here by its name is said in one's own language.
function own(key, server, values) {
	const text = t(key, values);
	return (text === key) ? server : text;
}

function warnings(all) {
	const merged = new Map();
	for (const one of all) {
		const said = own('warning.' + one.code, one.detail);
		const same = merged.get(said) ?? { ...one, said, members: [] };
		same.members = [...same.members, ...one.members];
		merged.set(said, same);
	}
	return [...merged.values()].map((one) => html`<div class="note ${one.severity === 'warning' ? 'warn' : ''}"><strong>${one.said}</strong>
		<p>${own('warning.' + one.code + '.do', one.action)}${one.members.length ? html` (${one.members.map((id) => t('election.m', { id })).join(t('list.and'))})` : nothing}</p></div>`);
}

const text = ({ value, effective }) => (value === null) ? html`<span class="soft">${t('settings.untold')}</span>`
	: html`<code>${value}</code>${effective && effective !== value ? html` <small>= ${effective}</small>` : nothing}`;

function values(all) {
	const told = all.filter((one) => one.value !== null);
	const alike = new Set(told.map((one) => one.value)).size <= 1;
	return (alike && (told.length === all.length || told.length === 0)) ? text(all[0] ?? { value: null })
		: html`<ul class="each">${all.map((one) => html`<li><small>${label({ id: one.member, address: one.address })}</small> ${text(one)}</li>`)}</ul>`;
}

function parameters(title, all) {
	return html`<section class="card"><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label=${title}><table class="settings"><thead><tr><th scope="col">${t('settings.name')}</th><th scope="col">${t('settings.value')}</th><th scope="col">${t('settings.meaning')}</th></tr></thead>
		<tbody>${all.map((one) => html`<tr><th scope="row"><code>${one.name}</code></th><td>${values(one.values)}</td><td class="soft">${own('setting.' + one.name, one.meaning)}</td></tr>`)}</tbody></table></div></section>`;
}

function server(one) {
	const facts = { host: one.host, quorumPort: one.quorumPort, electionPort: one.electionPort, role: one.role && t('settings.' + one.role), client: one.client };
	return html`<li><code>${one.line}</code><dl class="facts">${Object.keys(facts).filter((name) => facts[name] !== null).map((name) => html`<dt>${t('server.' + name)}</dt><dd>${facts[name]}</dd>`)}</dl></li>`;
}

export function settings({ parameters: all, servers, warnings: unsound }) {
	return html`${unsound.length ? html`<section class="card"><h2>${t('settings.warnings')}</h2>${warnings(unsound)}</section>` : nothing}
		${parameters(t('settings.main'), all.filter((one) => one.main))}
		<section class="card"><h2>${t('settings.servers')}</h2>${servers.length ? html`<ul class="servers">${servers.map(server)}</ul>` : html`<p class="soft">${t('settings.alone')}</p>`}</section>
		${parameters(t('settings.more'), all.filter((one) => !one.main))}`;
}
