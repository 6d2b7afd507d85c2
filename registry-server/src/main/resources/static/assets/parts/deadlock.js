// A deadlock as a ring: an owner, the lock that he waits for, the owner who is in front of him.

import { html, svg } from '../lib.js';
import { t } from '../i18n.js';
import { link } from '../router.js';
import './lock-messages.js';

const SIZE = 360;
const MOST = 8;
const shortened = (name) => (name.length > 16) ? name.slice(0, 15) + '…' : name;

function at(index, count, radius) {
	const angle = 2 * Math.PI * index / count - Math.PI / 2;
	return [SIZE / 2 + radius * Math.cos(angle), SIZE / 2 + radius * Math.sin(angle)];
}

function arrow({ owner, lock, for: others }, owners) {
	const from = owners.indexOf(owner);
	return others.filter((other) => owners.includes(other)).map((other) => {
		const [x1, y1] = at(from, owners.length, 120);
		const [x2, y2] = at(owners.indexOf(other), owners.length, 120);
		const [dx, dy] = [x2 - x1, y2 - y1];
		const length = Math.hypot(dx, dy) || 1;
		// To the side, so that two who wait for each other have two arrows.
		const [ox, oy] = [-dy / length * 40, dx / length * 40];
		const [mx, my] = [(x1 + x2) / 2 + 2 * ox, (y1 + y2) / 2 + 2 * oy];
		const [lx, ly] = [(x1 + x2) / 2 + 1.4 * ox, (y1 + y2) / 2 + 1.4 * oy];
		const [ex, ey] = [x2 - dx / length * 22 + ox * .4, y2 - dy / length * 22 + oy * .4];
		return svg`<path d="M ${x1} ${y1} Q ${mx} ${my} ${ex} ${ey}" marker-end="url(#dead-end)"></path><text x=${lx} y=${ly} class="lock">${shortened(lock)}</text>`;
	});
}

function picture({ owners, waits }) {
	const drawn = owners.slice(0, MOST);
	return html`<svg class="deadlock" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label=${t('dead.picture')}>
		${svg`<defs><marker id="dead-end" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z"></path></marker></defs>`}
		${waits.filter(({ owner }) => drawn.includes(owner)).map((wait) => arrow(wait, drawn))}
		${drawn.map((owner, i) => {
			const [x, y] = at(i, drawn.length, 120);
			return svg`<circle cx=${x} cy=${y} r="20"></circle><text x=${x} y=${y + ((y < SIZE / 2) ? -27 : 36)} class="owner">${shortened(owner)}</text>`;
		})}</svg>`;
}

export function deadlock(one) {
	return html`<section class="card bad-edge"><h2>${t('dead.title')}</h2><p>${t('dead.text', { owners: one.owners.join(t('list.and')) })}</p>
		<div class="dead">${picture(one)}<ul>${one.waits.map(({ owner, lock, for: others }) => html`<li><a href=${link('locks', [lock])}>${t('dead.wait', { owner, lock, others: others.join(t('list.and')) })}</a></li>`)}</ul></div></section>`;
}
