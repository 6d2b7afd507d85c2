// Finds znodes by a part of their path. What has not been read yet is read, breadth first and within a bound.

import { html, nothing } from '../lib.js';
import { add, t } from '../i18n.js';
import { changed, state as page } from '../store.js';
import { replace } from '../router.js';
import { address, child, read } from './branches.js';

add({
	en: {
		'search.label': 'Find by path', 'search.none': 'No path contains this.', 'search.found': '{count} found, {read} znodes read', 'search.going': 'Searching: {count} found, {read} znodes read',
		'search.bound': 'Only {read} znodes were read; there are more. Open a branch and search for a longer part.', 'search.shown': 'The first {count} are shown.',
	},
	zh: {
		'search.label': '按路径查找', 'search.none': '没有路径包含这段文字。', 'search.found': '找到 {count} 个，已读取 {read} 个节点', 'search.going': '正在查找：找到 {count} 个，已读取 {read} 个节点',
		'search.bound': '只读取了 {read} 个节点，还有更多。请输入更长的路径片段再查找。', 'search.shown': '只显示前 {count} 个。',
	},
});

const MOST_READ = 1_000;
const MOST_SHOWN = 100;
const AT_ONCE = 4;
const PAUSE = 250;

let wanted = '';
let found = [];
let count = 0;
let state = 'idle';
let abort = null;
let timer = null;

function type(event) {
	const find = event.target.value.trim();
	const { find: _, ...others } = page.route.query;
	replace('tree', page.route.parts, find ? { ...others, find } : others);
}

/** Searches for what the address says. */
export function search(find = '') {
	if (find === wanted) {
		return;
	}
	wanted = find;
	clearTimeout(timer);
	abort?.abort();
	found = [];
	state = wanted ? 'going' : 'idle';
	timer = wanted ? setTimeout(start, PAUSE) : null;
	changed();
}

async function start() {
	abort = new AbortController();
	const { signal } = abort;
	const queue = ['/'];
	count = 0;
	async function work() {
		while (queue.length > 0 && count < MOST_READ && !signal.aborted) {
			const path = queue.shift();
			count++;
			const znode = await read(path, signal).catch(() => null);
			if (signal.aborted) {
				return;
			}
			const below = (znode?.children ?? []).map((one) => child(path, one));
			found.push(...below.filter((one) => one.toLowerCase().includes(wanted.toLowerCase())));
			queue.push(...below);
		}
	}
	// One after the other until there is enough to do for several.
	while (queue.length > 0 && count < MOST_READ && !signal.aborted) {
		await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, work));
	}
	if (!signal.aborted) {
		state = queue.length > 0 ? 'bound' : 'done';
		changed();
	}
}

export function stopSearch() {
	clearTimeout(timer);
	abort?.abort();
	wanted = '';
	state = 'idle';
}

export const searching = () => state !== 'idle';

export function searchField() {
	return html`<label>${t('search.label')} <input type="search" name="find" autocomplete="off" spellcheck="false" .value=${wanted} @input=${type}></label>`;
}

function marked(path) {
	const at = path.toLowerCase().indexOf(wanted.toLowerCase());
	return html`${path.slice(0, at)}<mark>${path.slice(at, at + wanted.length)}</mark>${path.slice(at + wanted.length)}`;
}

export function searchResults() {
	const text = (state === 'done' && found.length === 0) ? t('search.none')
		: t(state === 'going' ? 'search.going' : 'search.found', { count: found.length, read: count });
	return html`<p class="soft" role="status">${text}</p>
		${state === 'bound' ? html`<p class="note warn">${t('search.bound', { read: count })}</p>` : nothing}
		<ul class="found">${found.slice(0, MOST_SHOWN).map((path) => html`<li><a class="code" href=${address(path, { find: wanted })}>${marked(path)}</a></li>`)}</ul>
		${found.length > MOST_SHOWN ? html`<p class="soft">${t('search.shown', { count: MOST_SHOWN })}</p>` : nothing}`;
}
