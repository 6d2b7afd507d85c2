// The znodes: a tree, one znode with what it holds, and what happens to it.

import { html, nothing } from '../lib.js';
import { add, t } from '../i18n.js';
import { branches, refresh, reveal } from '../parts/branches.js';
import { search, searchField, searchResults, searching, stopSearch } from '../parts/tree-search.js';
import { deselect, select, znode } from '../parts/znode.js';

add({
	en: { 'tree.znodes': 'Znodes', 'tree.more': '… {count} more', 'tree.keys': 'Arrow keys walk and open the tree, Enter shows a znode.' },
	zh: { 'tree.znodes': '节点', 'tree.more': '… 还有 {count} 个', 'tree.keys': '方向键移动并展开节点树，回车键查看节点。' },
});

const REFRESH = 5_000;

let timer = null;

const pathOf = (route) => '/' + route.parts.join('/');

export function view(route) {
	const path = pathOf(route);
	return html`<h1>${t('view.tree')}</h1>
		<div class="tree-view">
			<section class="card" aria-label=${t('tree.znodes')}>
				${searchField()}
				${searching() ? searchResults() : html`${branches(path)}<p class="soft keys"><small>${t('tree.keys')}</small></p>`}
			</section>
			<div class="znode">${znode(path, route.query) ?? nothing}</div>
		</div>`;
}

export function enter(route) {
	const path = pathOf(route);
	select(path);
	reveal(path);
	search(route.query.find);
	timer ??= setInterval(() => { document.hidden || refresh(); }, REFRESH);
}

export function leave() {
	clearInterval(timer);
	timer = null;
	stopSearch();
	deselect();
}
