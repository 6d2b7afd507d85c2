// Writes and deletes properties; each asks first, and goes by the version that was seen.

import { html, nothing } from '../lib.js';
import { t, time } from '../i18n.js';
import { call, path } from '../api.js';
import { ask } from '../dialog.js';
import { changed } from '../store.js';
import { go } from '../router.js';
import { diff } from './diff.js';

const where = (application, key) => path`config/${application}/${key}`;
const match = (version) => ({ 'If-Match': '"' + version + '"' });
const create = { 'If-None-Match': '*' };

const valueField = (value) => html`<label>${t('config.value')} <textarea name="value" spellcheck="false" .value=${value}></textarea></label>`;

export function askAdd(application, done) {
	ask({
		title: t('config.add.title'), text: t('config.add.text'), confirm: t('config.add.confirm'),
		content: () => html`<label>${t('config.application')} <input name="application" required autocomplete="off" spellcheck="false" .value=${application ?? ''}></label>
			<label>${t('config.key')} <input name="key" required autocomplete="off" spellcheck="false" placeholder="ride.price"></label>${valueField('')}`,
		action: async (fields) => {
			await call('PUT', where(fields.application, fields.key), { body: { value: fields.value }, headers: create });
			go('config', [fields.application]);
			done();
		},
	});
}

/** Asks for a value and writes it over the version that is shown. */
export function askEdit(application, key, property, done) {
	const state = { application, key, base: property, now: undefined };
	ask({
		title: t('config.edit.title', { key }), confirm: t('config.edit.confirm'),
		content: () => html`<p>${state.base ? t('config.edit.text', { key, application, version: state.base.version }) : t('config.deleted')}</p>
			${valueField(property.value)}${state.now === undefined ? nothing : conflict(state)}`,
		action: (fields) => write(state, fields.value, done),
	});
}

async function write(state, value, done) {
	const { application, key, base } = state;
	try {
		await call('PUT', where(application, key), { body: { value }, headers: base ? match(base.version) : create });
	}
	catch (error) {
		if (error.status === 412) {
			state.now = (await call('GET', path`config/${application}`)).properties[key] ?? null;
		}
		throw error;
	}
	done();
}

function conflict(state) {
	const { base, now } = state;
	return html`<section class="note warn" role="alert"><strong>${now ? t('config.meanwhile', { by: now.by ?? t('config.other'), at: time(now.at) }) : t('config.deleted')}</strong>
		${now ? diff(base?.value ?? '', now.value) : nothing}
		<button type="button" class="quiet" @click=${() => { state.base = now; state.now = undefined; changed(); }}>${t('config.goon')}</button></section>`;
}

export function askRemove(application, key, { version }, done) {
	ask({
		title: t('config.delete.title', { key }), text: t('config.delete.text', { key, application, version }), confirm: t('config.delete'), danger: true,
		action: async () => {
			await call('DELETE', where(application, key), { headers: match(version) });
			done();
		},
	});
}

/** Asks whether an old value is to be written again, over what stands there now. */
export function askBack(application, key, old, current, done) {
	ask({
		title: t('config.back.title', { key }), text: t('config.back.text', { at: time(old.at) }), confirm: t('config.back.confirm'),
		content: () => diff(current?.value ?? '', old.value),
		action: async () => {
			await call('PUT', where(application, key), { body: { value: old.value }, headers: current?.value != null ? match(current.version) : create });
			done();
		},
	});
}
