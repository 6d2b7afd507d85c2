// The versions of a property, and what differs between two of them.

import { html, nothing } from '../lib.js';
import { t, time } from '../i18n.js';
import { may } from '../session.js';
import { go } from '../router.js';
import { diff } from './diff.js';
import { askBack } from './config-changes.js';

const text = (one) => (one.value === null) ? html`<span class="pill bad">${t('config.gone')}</span>` : html`<code>${one.value}</code>`;

function choice(name, chosen, versions, choose) {
	return html`<label>${t('config.' + name)} <select @change=${(e) => choose(e.target.value)}>${versions.map((one) => html`<option value=${one.version} ?selected=${one.version === chosen?.version}>${time(one.at)} · ${one.by ?? t('config.other')}</option>`)}</select></label>`;
}

function comparison(application, key, versions, query) {
	const to = versions.find((one) => one.version === query.to) ?? versions[0];
	const from = versions.find((one) => one.version === query.from) ?? versions[versions.indexOf(to) + 1];
	const show = (more) => go('config', [application, key], { ...(from && { from: from.version }), to: to.version, ...more });
	return html`<section class="card"><h2>${t('config.compare')}</h2>${from ? html`
		<div class="compare">${choice('from', from, versions, (version) => show({ from: version }))}${choice('to', to, versions, (version) => show({ to: version }))}</div>
		${diff(from.value ?? '', to.value ?? '')}` : html`<p class="soft">${t('config.nothing')}</p>`}</section>`;
}

export function history({ application, key, versions }, query, done) {
	const current = versions.find((one) => one.current);
	return html`<section class="card"><h2><code>${key}</code></h2>
		<div class="scroll" tabindex="0" role="region" aria-label=${t('config.history')}><table class="properties"><thead><tr><th scope="col">${t('config.at')}</th><th scope="col">${t('config.by')}</th><th scope="col">${t('config.value')}</th><th scope="col">${t('config.version')}</th><th scope="col"><span class="unseen">${t('config.actions')}</span></th></tr></thead>
		<tbody>${versions.map((one) => html`<tr><td>${time(one.at)}</td><td>${one.by ?? html`<span class="soft">${t('config.other')}</span>`}</td><td>${text(one)}</td><td><code>${one.version}</code>${one.current ? html` <span class="pill good">${t('config.current')}</span>` : nothing}</td>
			<td class="acts">${may('operator') && !one.current && one.value !== null ? html`<button class="quiet small" @click=${() => askBack(application, key, one, current, done)}>${t('config.back')}</button>` : nothing}</td></tr>`)}</tbody></table></div></section>
		${comparison(application, key, versions, query)}`;
}
