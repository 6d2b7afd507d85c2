// Makes, writes and deletes znodes; each asks first, says what it will do, and goes by the version that was seen.

import { html, nothing } from '../lib.js';
import { t, time } from '../i18n.js';
import { call } from '../api.js';
import { ask } from '../dialog.js';
import { changed } from '../store.js';
import { address, child, name, parent, read } from './branches.js';
import { diff } from './diff.js';
import { protection } from './znode-stat.js';

const MOST_COUNTED = 1_000;
const MODES = ['PERSISTENT', 'PERSISTENT_SEQUENTIAL', 'CONTAINER'];

const where = (path, more = '') => 'znodes?path=' + encodeURIComponent(path) + more;
const force = (fields) => fields.force ? '&force=true' : '';
const match = (version) => ({ 'If-Match': '"' + version + '"' });

/** What applications rely on is changed only by somebody who says that he means it. The server has the last word. */
function meant(guarded) {
	return guarded ? html`<p class="note warn">${t('guard.' + (guarded === true ? 'other' : guarded))}</p>
		<label class="check"><input type="checkbox" name="force" required>${t('guard.meant')}</label>` : nothing;
}

// The roots can be set: a path may be protected though it does not look so.
async function guarded(state, action) {
	try {
		return await action();
	}
	catch (error) {
		if (error.problem?.type === 'urn:roster:problem:protected-znode' && protection(state.path) !== 'never') {
			state.guard ??= true;
		}
		throw error;
	}
}

export function askCreate(path) {
	const state = { path, guard: protection(path), mode: MODES[0] };
	ask({
		title: t('create.title'), confirm: t('create.confirm'),
		content: () => html`
			<label>${t('create.path', { parent: path })} <input name="name" required pattern="[^\\/]+" autocomplete="off" spellcheck="false"></label>
			<label>${t('create.mode')} <select name="mode" @change=${(e) => { state.mode = e.target.value; changed(); }}>${MODES.map((mode) => html`<option value=${mode}>${t('mode.' + mode)}</option>`)}</select></label>
			<p class="soft">${t('mode.' + state.mode + '.why')} ${t('mode.ephemeral')}</p>
			${dataField('', 'utf-8')}${meant(state.guard)}`,
		action: (fields) => guarded(state, async () => {
			const body = { path: child(path, fields.name), data: fields.data, encoding: fields.encoding, mode: fields.mode };
			const created = await call('POST', 'znodes' + (fields.force ? '?force=true' : ''), { body });
			await read(path).catch(() => {});
			location.hash = address(created.path);
		}),
	});
}

function dataField(data, encoding) {
	return html`<label>${t('data.title')} <textarea name="data" spellcheck="false" .value=${data}></textarea></label>
		<label>${t('data.encoding')} <select name="encoding"><option value="utf-8" ?selected=${encoding === 'utf-8'}>${t('data.text')}</option><option value="base64" ?selected=${encoding === 'base64'}>Base64</option></select></label>`;
}

export function askWrite(znode) {
	const { path } = znode;
	const state = { path, guard: protection(path), base: znode, now: null };
	ask({
		title: t('write.title', { name: name(path) }), confirm: t('write.confirm'),
		content: () => html`<p>${t('write.text', { path, version: state.base.stat.version })}</p>
			${dataField(znode.data ?? '', znode.encoding)}
			${state.now ? conflict(state) : nothing}${meant(state.guard)}`,
		action: (fields) => guarded(state, () => write(state, fields)),
	});
}

async function write(state, fields) {
	try {
		await call('PUT', where(state.path, force(fields)), { body: { data: fields.data, encoding: fields.encoding }, headers: match(state.base.stat.version) });
	}
	catch (error) {
		if (error.status === 412) {
			state.now = await read(state.path);
		}
		throw error;
	}
	await read(state.path).catch(() => {});
}

function conflict(state) {
	const { base, now } = state;
	return html`<section class="note warn" role="alert"><strong>${t('write.meanwhile', { version: now.stat.version, at: time(now.stat.mtime) })}</strong>
		${diff(base.data ?? '', now.data ?? '')}
		<button type="button" class="quiet" @click=${() => { state.base = now; state.now = null; changed(); }}>${t('write.goon', { version: now.stat.version })}</button></section>`;
}

/** How many znodes are below one; stops at a bound. */
async function count(znode) {
	const queue = znode.children.map((one) => child(znode.path, one));
	let all = queue.length;
	while (queue.length > 0 && all < MOST_COUNTED) {
		const path = queue.shift();
		const below = await read(path).then((one) => one.children, () => []);
		all += below.length;
		queue.push(...below.map((one) => child(path, one)));
	}
	return { all, more: queue.length > 0 };
}

export async function askDelete(znode) {
	const { path, stat: { version } } = znode;
	// The version that was seen, and the children that are there now.
	const { all, more } = await count(await read(path).catch(() => znode));
	const state = { path, guard: protection(path) };
	const text = (all === 0) ? t('remove.text', { path, version }) : t(more ? 'remove.atleast' : 'remove.below', { path, version, count: all });
	ask({
		title: t('remove.title', { name: name(path) }), text, danger: true,
		confirm: all === 0 ? t('remove.confirm') : t('remove.all', { count: all + 1 }),
		content: () => meant(state.guard),
		action: (fields) => guarded(state, async () => {
			await call('DELETE', where(path, (all > 0 ? '&recursive=true' : '') + force(fields)), { headers: match(version) });
			await read(parent(path)).catch(() => {});
			location.hash = address(parent(path));
		}),
	});
}
