// An election to be thought through: who would win, and why.

import { html, nothing } from '../lib.js';
import { add, t } from '../i18n.js';
import { call } from '../api.js';
import { changed } from '../store.js';
import { replace } from '../router.js';
import { refusal } from '../dialog.js';
import { story } from './election.js';

add({
	en: {
		'sim.title': 'Who would win?', 'sim.about': 'Set what each member has, and who takes part. The server decides by the rule of the real election.',
		'sim.members': 'Members with a vote', 'sim.part': 'Member {id} takes part', 'sim.epoch': 'Epoch of member {id}', 'sim.zxid': 'Zxid of member {id}', 'sim.presets': 'Examples', 'sim.takes': 'Takes part',
		'sim.fresh': 'Fresh start', 'sim.fresh.why': 'Nobody has written anything: all is equal, and the greatest id wins among those who are there when a majority is.',
		'sim.lags': 'One lags', 'sim.lags.why': 'Member 3 has the greatest id, and not all that was written. A newer log beats a greater id, so that no acknowledged write is lost.',
		'sim.equal': 'Equal zxids', 'sim.equal.why': 'The leader of five has gone. The others have the same log, and the greatest id wins.',
		'sim.epochs': 'Old epoch', 'sim.epochs.why': 'Member 3 comes back with a longer log of an epoch that is over. The epoch counts before the zxid: what it has in excess was never acknowledged.',
		'sim.half': 'Half is no majority', 'sim.half.why': 'Two of four are cut off from the other two. Neither half is a majority, or both would lead: four members bear no more failures than three.',
	},
	zh: {
		'sim.title': '谁会当选？', 'sim.about': '设置各成员的状态以及哪些成员参加选举，由服务器按真实选举规则判定。',
		'sim.members': '有投票权的成员数', 'sim.part': '成员 {id} 参加选举', 'sim.epoch': '成员 {id} 的纪元', 'sim.zxid': '成员 {id} 的 zxid', 'sim.presets': '示例', 'sim.takes': '参加选举',
		'sim.fresh': '全新启动', 'sim.fresh.why': '还没有写入任何数据，各成员完全相同：过半数成员到齐时，其中 ID 最大者当选。',
		'sim.lags': '一个成员落后', 'sim.lags.why': '成员 3 的 ID 最大，但缺少部分已写入的数据。日志更新者优先于 ID 更大者，这样已确认的写入不会丢失。',
		'sim.equal': 'zxid 相同', 'sim.equal.why': '五个成员中的 Leader 已离线，其余成员的日志相同，ID 最大者当选。',
		'sim.epochs': '旧纪元', 'sim.epochs.why': '成员 3 带着已结束的纪元的更长日志回来。纪元优先于 zxid：它多出来的部分从未得到确认。',
		'sim.half': '一半不算过半', 'sim.half.why': '四个成员中有两个与另外两个断开。任何一半都不是多数，否则两边都会选出 Leader：四个成员能容忍的故障并不比三个多。',
	},
});

const MOST = 9;
const PAUSE = 150;

const member = (id, epoch, zxid, part = true) => ({ id, epoch, zxid, part });
const PRESETS = {
	fresh: [member(1, '0', '0'), member(2, '0', '0'), member(3, '0', '0', false)],
	lags: [member(1, '1', '0x100000008'), member(2, '1', '0x100000008'), member(3, '1', '0x100000005')],
	equal: [member(1, '2', '0x200000011'), member(2, '2', '0x200000011'), member(3, '2', '0x200000011'), member(4, '2', '0x200000011'), member(5, '2', '0x200000012', false)],
	epochs: [member(1, '3', '0x300000001'), member(2, '3', '0x300000001', false), member(3, '2', '0x2000000ff')],
	half: [member(1, '1', '0x100000004'), member(2, '1', '0x100000004'), member(3, '1', '0x100000004', false), member(4, '1', '0x100000004', false)],
};

let preset = 'fresh';
let members = copy(PRESETS.fresh);
let outcome = null;
let error = null;
let timer = null;
let asked = 0;

function copy(all) {
	return all.map((one) => ({ ...one }));
}

// 1:0:0x8 is a member with its epoch and zxid, 1:0:0x8:out one that does not take part.
const written = (all) => all.map(({ id, epoch, zxid, part }) => [id, epoch, zxid, ...(part ? [] : ['out'])].join(':')).join(',');

function parsed(text) {
	return text.split(',').slice(0, MOST).map((one, i) => {
		const [, epoch = '', zxid = '', out] = one.split(':');
		return member(i + 1, epoch, zxid, out === undefined);
	});
}

/** Takes up what the address says, and asks the server for it. */
export function enterSimulator({ example, members: told }) {
	if (told !== undefined) {
		preset = null;
		members = (told === written(members)) ? members : parsed(told);
	}
	else {
		preset = PRESETS[example] ? example : 'fresh';
		members = copy(PRESETS[preset]);
	}
	clearTimeout(timer);
	timer = setTimeout(simulate, PAUSE);
}

/** Asks the server; only the answer to the last question counts. */
async function simulate() {
	const mine = ++asked;
	const candidates = members.filter((one) => one.part).map(({ id, epoch, zxid }) => ({ id, epoch: /^\d{1,15}$/.test(epoch) ? Number(epoch) : epoch, zxid }));
	try {
		const answer = await call('POST', 'ensemble/elections/simulate', { body: { members: members.length, candidates } });
		if (mine === asked) {
			outcome = { ...answer, members: members.length, candidates };
			error = null;
		}
	}
	catch (failure) {
		if (mine === asked) {
			error = failure;
		}
	}
	changed();
}

// What was set stands in the address, and comes back from there.
function set(change) {
	preset = null;
	change();
	replace('ensemble', ['simulator'], { members: written(members) });
	changed();
}

function choose(example) {
	replace('ensemble', ['simulator'], { example });
}

function resize(event) {
	const wanted = Math.min(MOST, Math.max(1, Number(event.target.value) || 1));
	set(() => {
		members = Array.from({ length: wanted }, (_, i) => members[i] ?? member(i + 1, members[0].epoch, members[0].zxid));
	});
}

function row(one) {
	const edit = (field) => (event) => set(() => {
		one[field] = event.target.value.trim();
	});
	return html`<tr class=${outcome?.winner === one.id && !error ? 'won' : nothing}><th scope="row">${one.id}</th>
		<td><input type="checkbox" aria-label=${t('sim.part', { id: one.id })} .checked=${one.part} @change=${(e) => set(() => { one.part = e.target.checked; })}></td>
		<td><input inputmode="numeric" aria-label=${t('sim.epoch', { id: one.id })} .value=${one.epoch} @input=${edit('epoch')}></td>
		<td><input class="code" spellcheck="false" aria-label=${t('sim.zxid', { id: one.id })} .value=${one.zxid} @input=${edit('zxid')}></td></tr>`;
}

export function simulator() {
	return html`<section class="card"><h2>${t('sim.title')}</h2><p class="soft">${t('sim.about')}</p>
		<div class="segments" role="group" aria-label=${t('sim.presets')}>${Object.keys(PRESETS).map((one) => html`<button class="quiet small" aria-pressed=${preset === one} @click=${() => choose(one)}>${t('sim.' + one)}</button>`)}</div>
		${preset ? html`<p class="note">${t('sim.' + preset + '.why')}</p>` : nothing}
		<div class="simulation"><div>
			<label>${t('sim.members')} <input type="number" min="1" max=${MOST} .value=${String(members.length)} @change=${resize}></label>
			<table class="sim"><thead><tr><th scope="col">${t('election.id')}</th><th scope="col">${t('sim.takes')}</th><th scope="col">${t('election.epoch')}</th><th scope="col">zxid</th></tr></thead>
			<tbody>${members.map(row)}</tbody></table></div>
			<div class="outcome" aria-live="polite">${error ? refusal(error) : outcome ? html`
				<p class="verdict ${outcome.quorum ? 'good' : 'bad'}">${outcome.quorum ? t('election.wins', { id: outcome.winner }) : t('ensemble.noquorum')}</p>
				${story(outcome.members, outcome.candidates, { winner: outcome.winner })}` : nothing}</div></div>
	</section>`;
}
