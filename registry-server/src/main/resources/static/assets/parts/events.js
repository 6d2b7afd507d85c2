// What happened to instances, in words.

import { html, nothing, repeat } from '../lib.js';
import { span, t, time } from '../i18n.js';
import { link } from '../router.js';

const TONE = { JOINED: 'good', LEFT: 'bad', UPDATED: 'warn' };

function line(event, withService) {
	return html`<li><span class="pill ${TONE[event.change]}">${t('change.' + event.change)}</span>
		<span class="what">${withService ? html`<a href=${link('services', [event.service])}>${event.service}</a> ` : nothing}<code>${event.instance}</code>
		<small>${t('cause.' + event.change + '.' + event.cause)}${event.change === 'UPDATED' && event.status ? ' · ' + t('status.' + event.status) : ''}</small></span>
		<time datetime=${event.at} title=${time(event.at)}>${t('events.ago', { span: span(Date.now() - Date.parse(event.at)) })}</time></li>`;
}

/** A list of events, the newest first. */
export function eventList(events, { withService = false } = {}) {
	return events.length === 0 ? html`<p class="soft">${t('events.none')}</p>`
		: html`<ol class="events">${repeat(events, (one) => one.revision + one.instance, (one) => line(one, withService))}</ol>`;
}
