// The rule of ZooKeeper's elections, step by step: the greatest epoch, then the greatest zxid, then the greatest id,
// by a strict majority. Who wins in a simulation is said by the server; this shows the way to it.

import { html, nothing } from '../lib.js';
import { add, current, t } from '../i18n.js';
import { zxid } from './zxid.js';

add({
	en: {
		'election.member': 'Member', 'election.epoch': 'Epoch', 'election.zxid': 'Last zxid', 'election.id': 'Id',
		'election.quorum': '{stood} of {members} members take part. A strict majority is {majority}: there is a quorum.',
		'election.noquorum': '{stood} of {members} members take part. A strict majority is {majority}: nobody leads, and nothing can be written.',
		'election.byepoch': 'The greatest epoch counts first. It is {best}: {left} stays.', 'election.byzxid': 'Then the greatest zxid. It is {best}: {left} stays.', 'election.byid': 'Then the greatest id. It is {best}: {left} stays.',
		'election.byepoch.all': 'The greatest epoch counts first. All have {best}, so it decides nothing.', 'election.byzxid.all': 'Then the greatest zxid. All that are left have {best}, so it decides nothing.',
		'election.m': 'member {id}', 'election.alone': 'Nobody else takes part.', 'election.wins': 'Member {id} leads.', 'election.winsin': 'Member {id} leads in epoch {epoch}.',
		'election.out': 'out', 'election.unheard': 'not heard before', 'election.why.epoch': 'its epoch is the greatest', 'election.why.zxid': 'its log is the newest of those with the greatest epoch', 'election.why.id': 'all is equal, and its id is the greatest', 'election.why.alone': 'nobody else took part',
	},
	zh: {
		'election.member': '成员', 'election.epoch': '纪元', 'election.zxid': '最后的 zxid', 'election.id': 'ID',
		'election.quorum': '{members} 个成员中有 {stood} 个参加选举，过半数为 {majority} 个，达到法定人数。',
		'election.noquorum': '{members} 个成员中只有 {stood} 个参加选举，过半数需要 {majority} 个，因此选不出 Leader，无法写入。',
		'election.byepoch': '先比较纪元（epoch），最大的是 {best}：{left} 留下。', 'election.byzxid': '再比较 zxid，最大的是 {best}：{left} 留下。', 'election.byid': '最后比较 ID，最大的是 {best}：{left} 留下。',
		'election.byepoch.all': '先比较纪元（epoch），都是 {best}，分不出胜负。', 'election.byzxid.all': '再比较 zxid，留下的都是 {best}，分不出胜负。',
		'election.m': '成员 {id}', 'election.alone': '没有其他成员参加选举。', 'election.wins': '成员 {id} 当选 Leader。', 'election.winsin': '成员 {id} 当选纪元 {epoch} 的 Leader。',
		'election.out': '出局', 'election.unheard': '此前没有消息', 'election.why.epoch': '它的纪元最大', 'election.why.zxid': '在纪元最大的成员中，它的日志最新', 'election.why.id': '纪元和 zxid 都相同，它的 ID 最大', 'election.why.alone': '没有其他成员参加',
	},
});

const ROUNDS = ['epoch', 'zxid', 'id'];

/** What the rule makes of candidates {id, epoch, zxid}: whether there is a quorum, each round, and who is left. */
export function decide(members, candidates) {
	const majority = Math.floor(members / 2) + 1;
	const rounds = [];
	let left = candidates;
	if (candidates.length >= majority) {
		for (const by of ROUNDS) {
			if (left.length > 1) {
				const best = left.map((one) => BigInt(one[by])).reduce((a, b) => a > b ? a : b);
				const stay = left.filter((one) => BigInt(one[by]) === best);
				rounds.push({ by, best, stay: stay.map((one) => one.id), all: stay.length === left.length });
				left = stay;
			}
		}
	}
	const quorum = candidates.length >= majority;
	return { majority, quorum, rounds, winner: quorum ? left[0].id : null };
}

const list = (ids) => ids.map((id) => t('election.m', { id })).join(t('list.and'));
const shown = (by, value) => (by === 'zxid') ? zxid(value).hex : String(value);

/** Why somebody won, in few words. */
export function reason({ rounds }) {
	return t('election.why.' + (rounds.at(-1)?.by ?? 'alone'));
}

/** The story as a list of steps. */
export function story(members, candidates, { winner, epoch }) {
	const { majority, quorum, rounds } = decide(members, candidates);
	return html`<ol class="story">
		<li>${t(quorum ? 'election.quorum' : 'election.noquorum', { stood: candidates.length, members, majority })}</li>
		${quorum && rounds.length === 0 ? html`<li>${t('election.alone')}</li>` : nothing}
		${rounds.map(({ by, best, stay, all }) => html`<li>${t('election.by' + by + (all ? '.all' : ''), { best: shown(by, best), left: sentence(list(stay)) })}</li>`)}
		${winner !== null ? html`<li class="wins">${t(epoch ? 'election.winsin' : 'election.wins', { id: winner, epoch })}</li>` : nothing}
	</ol>`;
}

const sentence = (text) => (current() === 'en') ? text.replace(/, ([^,]*)$/, ' and $1') : text;

/** Who stood with what; the cell that put one out says so. */
export function stood(members, candidates, winner) {
	const { rounds } = decide(members, candidates.filter((one) => one.epoch !== null && one.zxid !== null));
	const fell = (id) => rounds.find((round) => !round.stay.includes(id))?.by;
	const cell = (one, by, text) => html`<td class=${fell(one.id) === by ? 'fell' : nothing}>${text}${fell(one.id) === by ? html` <span class="pill">${t('election.out')}</span>` : nothing}</td>`;
	return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('election.member')}><table><thead><tr><th scope="col">${t('election.member')}</th><th scope="col">${t('election.epoch')}</th><th scope="col">${t('election.zxid')}</th></tr></thead>
		<tbody>${candidates.map((one) => html`<tr class=${one.id === winner ? 'won' : nothing}><th scope="row">${one.id}${one.id === winner ? html` <span class="pill good">${t('role.leader')}</span>` : fell(one.id) === 'id' ? html` <span class="pill">${t('election.out')}</span>` : nothing}</th>
			${one.epoch === null ? html`<td colspan="2" class="soft">${t('election.unheard')}</td>` : html`${cell(one, 'epoch', one.epoch)}${cell(one, 'zxid', html`<code>${zxid(one.zxid).hex}</code>`)}`}</tr>`)}</tbody></table></div>`;
}
