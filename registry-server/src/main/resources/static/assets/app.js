// The frame of the console: navigation, the state of the stream, and the view of the address.

import { html, nothing, render } from './lib.js';
import { add, choose, current, span, t } from './i18n.js';
import { changed, drawWith, state } from './store.js';
import { link, parse } from './router.js';
import { badge, form, start } from './session.js';
import { dialog } from './dialog.js';
import { follow } from './live.js';
import * as known from './known.js';
import * as overview from './views/overview.js';
import * as services from './views/services.js';
import * as locks from './views/locks.js';
import * as config from './views/config.js';
import * as ensemble from './views/ensemble.js';
import * as tree from './views/tree.js';

add({
	en: {
		'app.name': 'Roster', 'app.views': 'Views', 'app.language': '中文', 'app.theme': 'Light or dark', 'app.unknown': 'There is no such view.', 'app.skip': 'To the content',
		'live.connecting': 'connecting', 'live.live': 'live', 'live.lost': 'not live', 'live.for': 'for {span}',
		'live.stale': 'No connection to this server. What is shown may be out of date.',
		'live.outage': 'The ensemble has not been heard of. What was known last is shown, and nothing can be changed.',
		'view.overview': 'Overview', 'view.services': 'Services', 'view.locks': 'Locks', 'view.ensemble': 'Ensemble', 'view.tree': 'Tree', 'view.config': 'Configuration',
	},
	zh: {
		'app.name': 'Roster', 'app.views': '视图', 'app.language': 'English', 'app.theme': '浅色或深色', 'app.unknown': '没有这个视图。', 'app.skip': '跳到内容',
		'live.connecting': '连接中', 'live.live': '实时', 'live.lost': '已断开', 'live.for': '已持续 {span}',
		'live.stale': '与服务器的连接已中断，所显示的内容可能已过时。',
		'live.outage': '集群失去联系。显示的是最后已知的内容，目前无法进行任何修改。',
		'view.overview': '总览', 'view.services': '服务', 'view.locks': '锁', 'view.ensemble': '集群', 'view.tree': '节点树', 'view.config': '配置',
	},
});

// Each view: view(route) gives its template; what it exports besides is optional: on(name, data) takes
// the events of the stream, enter(route) and leave() are told when one comes and goes; paged says that each first part
// of its address is a page of its own, which is looked at from its top.
const views = { overview, services, locks, ensemble, tree, config };

const THEME = 'roster.theme';
const TICK = 1_000;

let following = null;
let shown = null;

function nav() {
	return html`<nav aria-label=${t('app.views')}>${Object.keys(views).map((view) => html`
		<a href=${link(view)} aria-current=${state.route.view === view ? 'page' : nothing}>${t('view.' + view)}</a>`)}</nav>`;
}

function connection() {
	const { status } = state.connection;
	return html`<span class="pill ${status}" role="status">${t('live.' + status)}</span>`;
}

// Whoever hears the page is told it once, and not how long it lasts each second.
function banner(text, since) {
	return html`<p class="banner"><span role="alert">${text}</span> <span class="lasting">${t('live.for', { span: span(Date.now() - since) })}</span></p>`;
}

function trouble() {
	const { status, since } = state.connection;
	return (status === 'lost') ? banner(t('live.stale'), since) : state.outage ? banner(t('live.outage'), state.outage) : nothing;
}

function header() {
	return html`<header class="top">
		<a class="skip" href="#content" @click=${(e) => { e.preventDefault(); document.getElementById('content').focus(); }}>${t('app.skip')}</a>
		<a class="brand" href=${link('overview')}><img src="assets/icon.svg" alt="" width="24" height="24">${t('app.name')}</a>
		${nav()}
		<div class="tools">
			${connection()} ${badge()}
			<button class="quiet" lang=${current() === 'zh' ? 'en' : 'zh-Hans'} @click=${() => { choose(current() === 'zh' ? 'en' : 'zh'); changed(); }}>${t('app.language')}</button>
			<button class="quiet icon" aria-label=${t('app.theme')} title=${t('app.theme')} @click=${switchTheme}>◐</button>
		</div>
	</header>`;
}

function page() {
	if (state.caller === null) {
		return html`${form()}`;
	}
	const view = views[state.route.view];
	document.title = [...state.route.parts.slice(-1), ...(view ? [t('view.' + state.route.view)] : []), t('app.name')].join(' · ');
	return html`${header()}
		${trouble()}
		<main id="content" tabindex="-1">${view ? view.view(state.route) : html`<p class="empty">${t('app.unknown')}</p>`}</main>
		${dialog()}`;
}

function navigate() {
	const before = state.route;
	state.route = parse(location.hash);
	const other = before?.view !== state.route.view;
	if (other) {
		shown?.leave?.();
	}
	shown = views[state.route.view];
	if (other || (shown?.paged && before?.parts[0] !== state.route.parts[0])) {
		scrollTo(0, 0);
	}
	if (state.caller !== null) {
		shown?.enter?.(state.route);
	}
	changed();
	before && requestAnimationFrame(() => requestAnimationFrame(keepFocus));
}

// The link that was followed may have gone with its view: the keys go on from the content.
function keepFocus() {
	if (document.activeElement === document.body) {
		document.getElementById('content')?.focus({ preventScroll: true });
	}
}

function switchTheme() {
	const root = document.documentElement;
	const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
	root.dataset.theme = dark ? 'light' : 'dark';
	localStorage.setItem(THEME, root.dataset.theme);
}

function connected(status) {
	// The time counts from the first failure, through all that follow.
	if (state.connection.status !== status && !(state.connection.status === 'lost' && status === 'connecting')) {
		state.connection = { status, since: Date.now() };
		changed();
	}
}

function signedIn() {
	following?.();
	following = follow('console/stream', (name, data) => {
		known.on(name, data);
		if (name === 'state') {
			state.outage = data.stale ? Date.now() - data.ageMs : null;
		}
		Object.values(views).forEach((view) => view.on?.(name, data));
		changed();
	}, connected);
	shown?.enter?.(state.route);
}

const theme = localStorage.getItem(THEME);
if (theme) {
	document.documentElement.dataset.theme = theme;
}
drawWith(() => render(page(), document.body));
addEventListener('hashchange', navigate);
// Ages and leases run on while nothing happens.
setInterval(changed, TICK);
navigate();
start(signedIn);
