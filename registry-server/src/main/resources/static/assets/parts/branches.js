// The tree itself: branches are read when they are opened. A treeitem is a link to its znode; the keys are those of
// the ARIA Authoring Practices' tree view.

import { html, nothing, repeat } from '../lib.js';
import { call } from '../api.js';
import { t } from '../i18n.js';
import { changed } from '../store.js';
import { link } from '../router.js';

const PAGE = 200;

/** What has been read: path to {children}, sorted. */
const known = new Map();
const open = new Set(['/']);
const limits = new Map();
let active = '/';

export const parent = (path) => path.slice(0, path.lastIndexOf('/')) || '/';
export const name = (path) => path.slice(path.lastIndexOf('/') + 1) || '/';
export const child = (path, one) => (path === '/' ? '' : path) + '/' + one;
export const address = (path, query) => link('tree', path.split('/').filter(Boolean), query);

/** Reads a znode; remembers its children, or that it is gone. */
export async function read(path, signal) {
	try {
		const znode = await call('GET', 'znodes?path=' + encodeURIComponent(path), { signal });
		known.set(path, { children: znode.children });
		return znode;
	}
	catch (error) {
		if (error.status === 404) {
			forget(path);
		}
		throw error;
	}
	finally {
		changed();
	}
}

function forget(path) {
	[...known.keys()].filter((one) => one === path || one.startsWith(path + '/')).forEach((one) => known.delete(one));
	open.delete(path);
	const siblings = known.get(parent(path));
	if (path !== '/' && siblings) {
		siblings.children = siblings.children.filter((one) => one !== name(path));
	}
}

/** What is known of a znode's children; undefined before it was read. */
export function childrenOf(path) {
	return known.get(path)?.children;
}

/** Opens what is above a path, so that it is seen. */
export async function reveal(path) {
	active = path;
	const above = [];
	for (let one = path; one !== '/'; one = parent(one)) {
		above.unshift(parent(one));
	}
	for (const one of above) {
		open.add(one);
		if (!known.get(one)?.children.includes(name(above[above.indexOf(one) + 1] ?? path))) {
			await read(one).catch(() => {});
		}
	}
	changed();
}

/** Reads the open branches again; nobody tells what happens in those that are not looked at. */
export async function refresh() {
	for (const row of rows().filter((one) => one.open)) {
		await read(row.path).catch(() => {});
	}
}

function rows() {
	const all = [];
	const walk = (path, level, position, size) => {
		const children = childrenOf(path);
		const opened = open.has(path) && children?.length !== 0;
		all.push({ path, level, position, size, open: opened, leaf: children?.length === 0 });
		if (opened && children) {
			const limit = limits.get(path) ?? PAGE;
			children.slice(0, limit).forEach((one, i) => walk(child(path, one), level + 1, i + 1, children.length));
			if (children.length > limit) {
				all.push({ path: path + '//more', more: path, count: children.length - limit, level: level + 1, position: limit + 1, size: children.length });
			}
		}
	};
	walk('/', 1, 1, 1);
	return all;
}

function toggle(path, to = !open.has(path)) {
	if (to) {
		open.add(path);
		read(path).catch(() => {});
	}
	else {
		open.delete(path);
	}
	changed();
}

function showMore(path) {
	limits.set(path, (limits.get(path) ?? PAGE) + PAGE);
	changed();
}

function focus(row) {
	if (row) {
		active = row.path;
		changed();
		requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('[role=treeitem][tabindex="0"]')?.focus()));
	}
}

function onKey(event) {
	if (event.altKey || event.ctrlKey || event.metaKey) {
		return;
	}
	const all = rows();
	const at = Math.max(0, all.findIndex((row) => row.path === active));
	const row = all[at];
	const moves = {
		ArrowDown: () => focus(all[at + 1]),
		ArrowUp: () => focus(all[at - 1]),
		Home: () => focus(all[0]),
		End: () => focus(all.at(-1)),
		ArrowRight: () => row.open ? focus(all[at + 1]) : row.leaf || row.more ? null : toggle(row.path, true),
		ArrowLeft: () => row.open ? toggle(row.path, false) : focus(all.find((one) => one.path === (row.more ?? parent(row.path)))),
		' ': () => event.target.click(),
	};
	if (moves[event.key]) {
		event.preventDefault();
		moves[event.key]();
	}
}

function item(row, selected) {
	const style = '--level: ' + row.level;
	if (row.more) {
		return html`<a role="treeitem" class="more" href=${address(row.more)} style=${style} tabindex=${row.path === active ? 0 : -1} aria-selected="false" aria-level=${row.level} aria-posinset=${row.position} aria-setsize=${row.size}
			@click=${(e) => { e.preventDefault(); showMore(row.more); }}>${t('tree.more', { count: row.count })}</a>`;
	}
	return html`<a role="treeitem" href=${address(row.path)} style=${style} tabindex=${row.path === active ? 0 : -1}
		aria-level=${row.level} aria-posinset=${row.position} aria-setsize=${row.size} aria-selected=${row.path === selected}
		aria-expanded=${row.leaf ? nothing : row.open} @focus=${() => { active = row.path; }}
		><span class="twist" aria-hidden="true" @click=${(e) => { e.preventDefault(); e.stopPropagation(); row.leaf || toggle(row.path); }}>${row.leaf ? '' : row.open ? '▾' : '▸'}</span><span>${name(row.path)}</span></a>`;
}

/** The tree, with one znode marked as the one that is shown. */
export function branches(selected) {
	const all = rows();
	if (!all.some((row) => row.path === active)) {
		active = '/';
	}
	return html`<div role="tree" aria-label=${t('tree.znodes')} class="branches" @keydown=${onKey}>${repeat(all, (row) => row.path, (row) => item(row, selected))}</div>`;
}
