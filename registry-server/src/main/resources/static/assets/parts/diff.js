// What differs between two texts, line by line.

import { html, nothing } from '../lib.js';
import { add, t } from '../i18n.js';

add({
	en: { 'diff.label': 'Differences', 'diff.added': 'added', 'diff.removed': 'removed', 'diff.same': 'There is no difference.' },
	zh: { 'diff.label': '差异', 'diff.added': '新增', 'diff.removed': '删除', 'diff.same': '没有差异。' },
});

/** Beyond this the middle is shown as replaced, because the table of all pairs of lines grows too large. */
const MOST_PAIRS = 1_000_000;

/** The lines as {sign: ' ' | '-' | '+', text}, by the longest common subsequence. */
export function lines(before, after) {
	const old = before.split('\n');
	const now = after.split('\n');
	let start = 0;
	while (start < old.length && start < now.length && old[start] === now[start]) {
		start++;
	}
	let end = 0;
	while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) {
		end++;
	}
	const same = (text) => ({ sign: ' ', text });
	return [...old.slice(0, start).map(same), ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
		...old.slice(old.length - end).map(same)];
}

function middle(old, now) {
	if (old.length * now.length > MOST_PAIRS) {
		return [...old.map((text) => ({ sign: '-', text })), ...now.map((text) => ({ sign: '+', text }))];
	}
	const common = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
	for (let i = old.length - 1; i >= 0; i--) {
		for (let j = now.length - 1; j >= 0; j--) {
			common[i][j] = (old[i] === now[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
		}
	}
	const out = [];
	for (let i = 0, j = 0; i < old.length || j < now.length;) {
		if (i < old.length && j < now.length && old[i] === now[j]) {
			out.push({ sign: ' ', text: old[i++] });
			j++;
		}
		else if (j === now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
			out.push({ sign: '-', text: old[i++] });
		}
		else {
			out.push({ sign: '+', text: now[j++] });
		}
	}
	return out;
}

const SPOKEN = { '-': 'diff.removed', '+': 'diff.added' };

/** The difference as a picture; what is added and removed is told by a sign and a word too, not by colour alone. */
export function diff(before, after) {
	if (before === after) {
		return html`<p class="soft">${t('diff.same')}</p>`;
	}
	return html`<div class="diff code" role="group" aria-label=${t('diff.label')} tabindex="0">${lines(before, after).map(({ sign, text }) => html`
		<div class=${sign === '+' ? 'plus' : sign === '-' ? 'minus' : ''}><span aria-hidden="true">${sign}</span>${SPOKEN[sign] ? html`<span class="unseen">${t(SPOKEN[sign])}: </span>` : nothing}${text}</div>`)}</div>`;
}
