// Who one is. Where the server asks for credentials, a form takes a key or a token and keeps it in this tab.

import { html, nothing } from './lib.js';
import { call, credentials, onRefusedCredentials } from './api.js';
import { add, t } from './i18n.js';
import { changed, state } from './store.js';

add({
	en: {
		'session.title': 'Sign in', 'session.token': 'API key or token', 'session.in': 'Sign in', 'session.out': 'Sign out',
		'session.why': 'This server asks for credentials. They stay in this tab and are gone when it is closed.',
		'session.wrong': 'The server does not accept these credentials.', 'session.unreachable': 'The server does not answer. Trying again.',
		'role.viewer': 'viewer', 'role.client': 'client', 'role.operator': 'operator',
	},
	zh: {
		'session.title': '登录', 'session.token': 'API 密钥或令牌', 'session.in': '登录', 'session.out': '退出登录',
		'session.why': '此服务器需要凭据。凭据只保存在当前标签页，关闭后即清除。',
		'session.wrong': '服务器不接受这些凭据。', 'session.unreachable': '服务器没有应答，正在重试。',
		'role.viewer': '只读', 'role.client': '客户端', 'role.operator': '操作员',
	},
});

const ROLES = ['viewer', 'client', 'operator'];
const RETRY = 2_000;

let asked = false;
let wrong = false;
let unreachable = false;
let begin = () => {};

/** Finds out who one is; calls back each time that somebody is signed in. */
export function start(signedIn) {
	begin = signedIn;
	onRefusedCredentials(() => {
		wrong = credentials.get() !== null;
		asked = true;
		state.caller = null;
		changed();
	});
	identify();
}

async function identify() {
	try {
		state.caller = await call('GET', 'caller');
		asked = wrong = unreachable = false;
		changed();
		begin();
	}
	catch (error) {
		if (error.status === 403) {
			wrong = asked = true;
		}
		else if (error.status !== 401) {
			unreachable = true;
			setTimeout(identify, RETRY);
		}
		changed();
	}
}

/** Whether the caller has at least a role: buttons that he may not use are not shown. */
export function may(role) {
	return state.caller !== null && ROLES.indexOf(state.caller.role) >= ROLES.indexOf(role);
}

function signIn(event) {
	event.preventDefault();
	const field = event.target.elements.token;
	credentials.set(field.value.trim());
	field.value = '';
	identify();
}

function signOut() {
	credentials.clear();
	location.reload();
}

/** The form, while nobody is signed in. */
export function form() {
	if (!asked) {
		return html`<main class="sign-in">${unreachable ? html`<p class="note bad" role="alert">${t('session.unreachable')}</p>` : nothing}</main>`;
	}
	return html`<main class="sign-in"><form class="card" @submit=${signIn}>
		<h1>${t('session.title')}</h1>
		<p>${t('session.why')}</p>
		<label>${t('session.token')} <input name="token" type="password" required autocomplete="off" spellcheck="false"></label>
		${wrong ? html`<p class="note bad" role="alert">${t('session.wrong')}</p>` : nothing}
		<div class="buttons"><button>${t('session.in')}</button></div>
	</form></main>`;
}

/** Who is signed in, and the way out. */
export function badge() {
	const { principal, role, credentials: needed } = state.caller;
	return needed ? html`<span class="who">${principal} <small>${t('role.' + role)}</small></span>
		<button class="quiet" @click=${signOut}>${t('session.out')}</button>` : nothing;
}
