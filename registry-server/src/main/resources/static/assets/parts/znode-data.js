// The data of a znode as text, JSON or hexadecimal; each has its own address.

import { html, nothing } from '../lib.js';
import { t } from '../i18n.js';
import { address } from './branches.js';
import { bytesOf, hex, indented } from './bytes.js';

const MOST_HEX = 16_384;

let made = { znode: null };

// It is drawn every second, and data may have a megabyte.
function forms(znode) {
	if (made.znode !== znode) {
		const text = (znode.encoding === 'utf-8') ? znode.data : null;
		const bytes = bytesOf(znode);
		made = { znode, text, json: text ? indented(text) : null, hex: hex(bytes.subarray(0, MOST_HEX)), length: bytes.length };
	}
	return made;
}

export function data(znode, query) {
	const all = forms(znode);
	const possible = { text: all.text !== null, json: all.json !== null, hex: true };
	const shown = possible[query.as] ? query.as : all.json !== null ? 'json' : all.text !== null ? 'text' : 'hex';
	return html`<section class="card"><h2>${t('data.title')} <small>${t('data.bytes', { count: all.length })}</small></h2>
		${all.length === 0 ? html`<p class="soft">${t('data.none')}</p>` : html`
			<nav class="segments" aria-label=${t('data.as')}>${Object.keys(possible).filter((form) => possible[form]).map((form) => html`
				<a href=${address(znode.path, { ...query, as: form })} aria-current=${form === shown ? 'true' : nothing}>${t('data.' + form)}</a>`)}</nav>
			${possible.text ? nothing : html`<p class="soft">${t('data.binary')}</p>`}
			<pre class="content ${shown}" tabindex="0" role="region" aria-label=${t('data.title')}>${all[shown]}</pre>
			${shown === 'hex' && all.length > MOST_HEX ? html`<p class="soft">${t('data.first', { count: MOST_HEX })}</p>` : nothing}`}
	</section>`;
}
