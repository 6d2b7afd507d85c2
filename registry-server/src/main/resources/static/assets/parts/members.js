// The members: a drawing of who follows whom, and what each one says of itself.

import { html, nothing } from '../lib.js';
import { t } from '../i18n.js';
import { zxid } from './zxid.js';

const TONE = { leader: 'good', standalone: 'good', unreachable: 'bad' };

export const label = (member) => (member.id === null) ? member.address : t('election.m', { id: member.id });

/** How many vote, how many of them are there, and how many are needed. What an unreachable one is, is not known: it counts. */
export function voters(members) {
	const all = members.filter((one) => one.role !== 'observer');
	return { all: all.length, there: all.filter((one) => one.role !== 'unreachable').length, needed: Math.floor(all.length / 2) + 1 };
}

function box(member) {
	return html`<div class="member ${member.role}"><strong>${label(member)}</strong> <span class="pill ${TONE[member.role] ?? ''}">${t('role.' + member.role)}</span><small>${member.address}</small></div>`;
}

export function drawing(members) {
	const leader = members.find((one) => one.role === 'leader' || one.role === 'standalone');
	const following = leader ? members.filter((one) => ['follower', 'observer'].includes(one.role)) : [];
	const others = members.filter((one) => one !== leader && !following.includes(one));
	return html`<div class="drawing">
		${leader ? html`<ul class="leads"><li>${box(leader)}${following.length ? html`<p class="soft arrow"><span aria-hidden="true">▲</span> ${t('ensemble.follow', { count: following.length, leader: label(leader) })}</p>
			<ul class="follows">${following.map((one) => html`<li>${box(one)}</li>`)}</ul>` : nothing}</li></ul>` : html`<p class="note bad">${t('ensemble.leaderless')}</p>`}
		${others.length ? html`<ul class="apart" aria-label=${t('ensemble.apart')}>${others.map((one) => html`<li>${box(one)}</li>`)}</ul>` : nothing}
	</div>`;
}

function behind(member, leader) {
	const lag = (leader && member !== leader && member.zxid !== null && leader.zxid !== null) ? BigInt(leader.zxid) - BigInt(member.zxid) : 0n;
	return (lag > 0n && member.epoch === leader.epoch) ? html` <small>${t('ensemble.behind', { count: Number(lag) })}</small>` : nothing;
}

export function table(members) {
	const leader = members.find((one) => one.role === 'leader');
	return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('ensemble.members')}><table class="unbroken stack"><thead><tr>
		<th scope="col">${t('election.member')}</th><th scope="col">${t('ensemble.address')}</th><th scope="col">${t('ensemble.role')}</th><th scope="col" class="number">${t('election.epoch')}</th>
		<th scope="col">zxid</th><th scope="col" class="number">${t('ensemble.latency')}</th><th scope="col" class="number">${t('ensemble.connections')}</th><th scope="col">${t('ensemble.version')}</th></tr></thead>
		<tbody>${members.map((one) => html`<tr><th scope="row"><span class="on-card">${t('election.member')}</span> ${one.id ?? '–'}</th><td data-label=${t('ensemble.address')}><code>${one.address}</code></td><td data-label=${t('ensemble.role')}><span class="pill ${TONE[one.role] ?? ''}">${t('role.' + one.role)}</span></td>
			${one.role === 'unreachable' ? html`<td colspan="5" class="soft">${t('ensemble.silent')}</td>` : html`
			<td class="number" data-label=${t('election.epoch')}>${one.epoch ?? '–'}</td><td data-label="zxid">${one.zxid === null ? '–' : html`<code>${zxid(one.zxid).hex}</code>${behind(one, leader)}`}</td>
			<td class="number" data-label=${t('ensemble.latency')}>${one.latencyMs === null ? '–' : t('ensemble.ms', { ms: one.latencyMs.toFixed(1) })}</td><td class="number" data-label=${t('ensemble.connections')}>${one.connections ?? '–'}</td><td data-label=${t('ensemble.version')}>${one.version?.split('-')[0] ?? '–'}</td>`}</tr>`)}</tbody></table></div>`;
}
