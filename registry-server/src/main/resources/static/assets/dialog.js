// What changes something asks first, says what it will do, and shows what the server answers when it refuses.

import { html, nothing } from './lib.js';
import { add, t } from './i18n.js';
import { changed } from './store.js';

add({
	en: { 'dialog.cancel': 'Cancel', 'dialog.refused': 'The server refused', 'dialog.failed': 'No answer from the server. Whether it was done is not known.' },
	zh: { 'dialog.cancel': '取消', 'dialog.refused': '服务器拒绝了请求', 'dialog.failed': '服务器没有应答，无法确定操作是否已执行。' },
});

let open = null;

/**
 * Asks, and does it when one agrees. Stays open with the server's answer if that is a refusal.
 * @param question.title what will be done, as a short question
 * @param question.text what exactly will happen
 * @param question.content a template or function of one, for fields; inputs with a name are given to action
 * @param question.confirm what the button says
 * @param question.danger whether it takes something away
 * @param question.action (fields) => promise
 */
export function ask(question) {
	open = { ...question, busy: false, error: null, from: document.activeElement };
	changed();
	requestAnimationFrame(() => requestAnimationFrame(() => {
		const dialog = document.querySelector('dialog.ask');
		if (dialog && !dialog.open) {
			dialog.showModal();
		}
	}));
}

function close() {
	document.querySelector('dialog.ask')?.close();
	const from = open?.from;
	open = null;
	changed();
	from?.isConnected && from.focus();
}

async function submit(event) {
	event.preventDefault();
	const question = open;
	if (!question || question.busy) {
		return;
	}
	question.busy = true;
	question.error = null;
	changed();
	try {
		await question.action(Object.fromEntries(new FormData(event.target)));
		if (open === question) {
			close();
		}
	}
	catch (error) {
		question.error = error;
	}
	question.busy = false;
	changed();
}

/** What the server said when it refused. */
export function refusal(error) {
	return html`<div class="note bad" role="alert">
		<strong>${error.status ? (error.problem?.title ?? t('dialog.refused')) : t('dialog.refused')}</strong>
		<p>${error.status === 0 ? t('dialog.failed') : error.message}</p>
	</div>`;
}

export function dialog() {
	if (!open) {
		return nothing;
	}
	const { title, text, content, confirm, danger, busy, error } = open;
	return html`<dialog class="ask" aria-labelledby="ask-title" @cancel=${(e) => { e.preventDefault(); close(); }}>
		<form @submit=${submit}>
			<h2 id="ask-title">${title}</h2>
			${text ? html`<p>${text}</p>` : nothing}
			${typeof content === 'function' ? content() : content ?? nothing}
			${error ? refusal(error) : nothing}
			<div class="buttons">
				<button type="button" class="quiet" @click=${close}>${t('dialog.cancel')}</button>
				<button class=${danger ? 'danger' : ''} ?disabled=${busy}>${confirm}</button>
			</div>
		</form>
	</dialog>`;
}
