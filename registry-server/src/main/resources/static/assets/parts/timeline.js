// How many instances a service had in the last hour, and when they came and went.

import { html, svg } from '../lib.js';
import { t, time } from '../i18n.js';

const HOUR = 3_600_000;
const HEIGHT = 72;
const TOP = 10;
const FLOOR = 58;

const COLOUR = { JOINED: 'var(--good)', LEFT: 'var(--bad)', UPDATED: 'var(--warn)' };
const STEP = { JOINED: -1, LEFT: 1 };

/**
 * Draws it from the present back into the past.
 * @param count how many there are now
 * @param events of the last hour, the newest first
 */
export function timeline(count, events) {
	const now = Date.now();
	const x = (at) => 100 * Math.min(1, Math.max(0, 1 - (now - at) / HOUR));
	const steps = [];
	let until = now;
	let level = count;
	for (const event of events) {
		const at = Date.parse(event.at);
		steps.push({ from: at, until, level });
		level = Math.max(0, level + (STEP[event.change] ?? 0));
		until = at;
	}
	steps.push({ from: now - HOUR, until, level });
	const most = Math.max(1, ...steps.map((one) => one.level));
	const y = (value) => FLOOR - (FLOOR - TOP) * value / most;
	const joins = events.filter((one) => one.change === 'JOINED').length;
	const leaves = events.filter((one) => one.change === 'LEFT').length;
	return html`<figure class="timeline">
		<svg width="100%" height=${HEIGHT} role="img" aria-label=${t('timeline.label', { joins, leaves, count })}>
			${steps.map((one) => svg`<rect x="${x(one.from)}%" width="${Math.max(0, x(one.until) - x(one.from))}%" y=${y(one.level)} height=${FLOOR - y(one.level)} class="level"></rect>`)}
			<line x1="0" x2="100%" y1=${FLOOR} y2=${FLOOR} class="floor"></line>
			${events.map((one) => svg`<g><title>${time(one.at)} ${one.instance} ${t('change.' + one.change)}</title>
				<rect x="${x(Date.parse(one.at))}%" width="3" y=${FLOOR + 3} height="10" rx="1.5" fill=${COLOUR[one.change]}></rect></g>`)}
		</svg>
		<figcaption><span>${t('timeline.ago')}</span><span>${t('timeline.most', { count: most })}</span><span>${t('timeline.now')}</span></figcaption>
	</figure>`;
}
