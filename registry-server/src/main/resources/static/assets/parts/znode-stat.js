// What ZooKeeper keeps about a znode, and what that means.

import { html } from '../lib.js';
import { span, t, time } from '../i18n.js';
import { zxid } from './zxid.js';

/** What kind a znode is, as far as its stat and its name tell: names for people, the first one with an explanation. */
export function kind({ path, stat: { ephemeralOwner } }) {
	const ephemeral = ephemeralOwner !== '0';
	const first = ephemeral ? 'ephemeral' : 'persistent';
	return { ephemeral, names: /\d{10}$/.test(path) ? [first, 'sequential'] : [first] };
}

const OURS = ['servers', 'services', 'locks', 'config', 'roster'];

/** Which rule protects a path from accidents, by the default roots; the server knows the ones that are set. */
export function protection(path) {
	const root = path.split('/')[1];
	return (root === 'zookeeper') ? 'never' : OURS.includes(root) ? root : null;
}

const FORMS = {
	czxid: transaction, mzxid: transaction, pzxid: transaction, ctime: moment, mtime: moment,
	version: String, cversion: String, aversion: String, ephemeralOwner: session, dataLength: String, numChildren: String,
};

function transaction(value) {
	const { hex, epoch, counter } = zxid(value);
	return html`<code>${hex}</code> <small>${t('stat.zxid', { epoch, counter })}</small>`;
}

function moment(value) {
	// The root and what the members made with it have no time.
	if (Date.parse(value) === 0) {
		return '–';
	}
	return html`<time datetime=${value}>${time(value)}</time> <small>${t('stat.ago', { span: span(Date.now() - Date.parse(value)) })}</small>`;
}

function session(value) {
	return (value === '0') ? '0' : html`<code>0x${BigInt.asUintN(64, BigInt(value)).toString(16)}</code>`;
}

export function stat({ stat: values }) {
	return html`<section class="card"><h2>${t('stat.title')}</h2>
		<table class="stat"><thead><tr><th scope="col">${t('stat.field')}</th><th scope="col">${t('stat.value')}</th><th scope="col">${t('stat.meaning')}</th></tr></thead>
		<tbody>${Object.keys(FORMS).map((field) => html`<tr><th scope="row"><code>${field}</code></th><td>${FORMS[field](values[field])}</td><td class="soft">${t('stat.' + field)}</td></tr>`)}</tbody></table></section>`;
}
