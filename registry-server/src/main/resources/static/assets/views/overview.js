// What an operator wants to know first: whether all is well, and what happened last.

import { html, nothing } from '../lib.js';
import { add, t } from '../i18n.js';
import { link } from '../router.js';
import { isUp, known } from '../known.js';
import { attention } from '../parts/attention.js';
import { eventList } from '../parts/events.js';
import { label, voters } from '../parts/members.js';
import '../parts/ensemble-messages.js';
import '../parts/service-messages.js';

add({
	en: {
		'overview.attention': 'What needs attention', 'overview.well': 'Nothing needs attention.', 'overview.last': 'What happened last', 'overview.unknown': 'not known yet',
		'overview.services': 'services', 'overview.instances': 'instances', 'overview.up': 'of them up', 'overview.members': '{there} of {all}', 'overview.quorum': 'members, a quorum', 'overview.noquorum': 'members, no quorum',
		'overview.leads': '{leader} leads, epoch {epoch}', 'overview.alone': 'one member, without any to follow it', 'overview.held': 'held', 'overview.waiting': 'waiting', 'overview.locks': 'locks in use', 'overview.nolocks': 'lock service not reached',
	},
	zh: {
		'overview.attention': '需要关注', 'overview.well': '一切正常。', 'overview.last': '最近事件', 'overview.unknown': '尚未获知',
		'overview.services': '服务', 'overview.instances': '实例', 'overview.up': '可用', 'overview.members': '{there}/{all}', 'overview.quorum': '成员在线，达到法定人数', 'overview.noquorum': '成员在线，未达到法定人数',
		'overview.leads': '{leader}为 Leader，纪元 {epoch}', 'overview.alone': '单成员，没有 Follower', 'overview.held': '持有', 'overview.waiting': '等待', 'overview.locks': '使用中的锁', 'overview.nolocks': '无法连接锁服务',
	},
});

const EVENTS = 15;

function figure(value, label, tone = '') {
	return html`<div class="figure ${tone}"><strong>${value}</strong><span>${label}</span></div>`;
}

function card(view, content) {
	return html`<section class="card overview-card" aria-labelledby="overview-${view}"><h2 id="overview-${view}"><a href=${link(view)}>${t('view.' + view)}</a></h2>${content}</section>`;
}

function services() {
	const instances = [...known.services.values()].flatMap((all) => [...all.values()]);
	const up = instances.filter(isUp).length;
	return !known.loaded ? html`<p class="soft">${t('overview.unknown')}</p>` : html`<div class="figures">
		${figure(known.services.size, t('overview.services'))} ${figure(instances.length, t('overview.instances'))} ${figure(up, t('overview.up'), (up < instances.length) ? 'warn' : '')}</div>`;
}

function ensemble() {
	if (known.ensemble === null) {
		return html`<p class="soft">${t('overview.unknown')}</p>`;
	}
	const { members, quorum } = known.ensemble;
	const { all, there } = voters(members);
	const leader = members.find((one) => one.role === 'leader');
	return html`<div class="figures">${figure(t('overview.members', { there, all }), t(quorum ? 'overview.quorum' : 'overview.noquorum'), !quorum ? 'bad' : (there < all) ? 'warn' : '')}</div>
		<p class="soft">${leader ? t('overview.leads', { leader: label(leader), epoch: leader.epoch }) : (members.some((one) => one.role === 'standalone')) ? t('overview.alone') : nothing}</p>`;
}

function locks() {
	if (known.locks === null) {
		return html`<p class="soft">${t('overview.unknown')}</p>`;
	}
	const { available, reason, locks: all } = known.locks;
	const sum = (count) => all.reduce((total, one) => total + one[count], 0);
	return !available ? html`<p class="soft">${t('overview.nolocks')}</p><p class="soft">${reason}</p>` : html`<div class="figures">
		${figure(all.length, t('overview.locks'))} ${figure(sum('holders'), t('overview.held'))} ${figure(sum('waiters'), t('overview.waiting'))}</div>`;
}

export function view() {
	const problems = attention();
	return html`<h1>${t('view.overview')}</h1>
		<section class="card" aria-labelledby="attention"><h2 id="attention">${t('overview.attention')}</h2>
			<ul class="attention" aria-live="polite" aria-relevant="additions removals">${!known.loaded ? html`<li class="soft">${t('overview.unknown')}</li>` : problems.length === 0 ? html`<li class="note good">${t('overview.well')}</li>`
				: problems.map(({ tone, text, href }) => html`<li><a class="note ${tone}" href=${href}>${text}</a></li>`)}</ul></section>
		<div class="cards">${card('services', services())} ${card('ensemble', ensemble())} ${card('locks', locks())}</div>
		<section class="card" aria-labelledby="last"><h2 id="last">${t('overview.last')}</h2>${eventList(known.history.slice(0, EVENTS), { withService: true })}</section>`;
}
