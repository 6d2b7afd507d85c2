// What somebody should look at, found in what is known; the worst first.

import { add, span, t } from '../i18n.js';
import { link } from '../router.js';
import { isUp, known, lastHour } from '../known.js';
import { voters } from './members.js';

add({
	en: {
		'attention.stale': 'This server has not heard of the ensemble for {span}. Services, locks and configuration are shown as they were then.',
		'attention.noquorum': 'The ensemble has no quorum: {there} of {all} members, and {needed} are needed. Nothing can be written.',
		'attention.member': 'Member {member} of the ensemble does not answer.', 'attention.even': '{count} members bear no more failures than {fewer} would: an odd number is better.',
		'attention.down': '{name}: no instance is up, of {all}.', 'attention.last': '{name}: one instance is left, of {before} in the last hour.',
		'attention.suspects': '{name}: {count} instances are doubted. The ensemble lost too many of them at once.', 'attention.suspects.one': '{name}: 1 instance is doubted. The ensemble lost too many at once.',
		'attention.flapping': '{name}: instances were lost {count} times in the last ten minutes.',
		'attention.nolocks': 'The lock service does not answer: {reason}', 'attention.wait': '{name}: {count} wait for this lock, the first for {span}.', 'attention.deadlock': 'Deadlock: {owners} wait for each other.',
	},
	zh: {
		'attention.stale': '本服务器已 {span} 未收到集群消息。服务、锁和配置显示的是当时的状态。',
		'attention.noquorum': '集群未达到法定人数：{all} 个成员中仅 {there} 个在线，至少需要 {needed} 个。目前无法写入。',
		'attention.member': '集群成员 {member} 没有应答。', 'attention.even': '{count} 个成员能容忍的故障数并不多于 {fewer} 个：建议使用奇数个成员。',
		'attention.down': '{name}：{all} 个实例全部不可用。', 'attention.last': '{name}：仅剩一个实例，最近一小时内曾有 {before} 个。',
		'attention.suspects': '{name}：{count} 个实例存疑，集群中同时丢失的实例过多。',
		'attention.flapping': '{name}：最近十分钟内实例失联 {count} 次。',
		'attention.nolocks': '锁服务没有应答：{reason}', 'attention.wait': '{name}：{count} 个等待者，最早的已等待 {span}。', 'attention.deadlock': '死锁：{owners} 互相等待。',
	},
});

const TEN_MINUTES = 600_000;
const FLAPPING = 3;
const LONG_WAIT = 60_000;

/** All of it: {tone, text, href}. */
export function attention() {
	return [...ofEnsemble(), ...ofLocks(), ...ofServices()].sort((one, other) => (one.tone === other.tone) ? 0 : (one.tone === 'bad') ? -1 : 1);
}

function ofEnsemble() {
	const found = [];
	const { stale, ageMs, at } = known.freshness;
	if (stale) {
		found.push({ tone: 'bad', text: t('attention.stale', { span: span(ageMs + Date.now() - at) }), href: link('ensemble') });
	}
	if (known.ensemble) {
		const { members, quorum } = known.ensemble;
		const { all, there, needed } = voters(members);
		if (!quorum) {
			found.push({ tone: 'bad', text: t('attention.noquorum', { all, there, needed }), href: link('ensemble') });
		}
		for (const one of members.filter(({ role }) => role === 'unreachable')) {
			found.push({ tone: 'warn', text: t('attention.member', { member: one.id ?? one.address }), href: link('ensemble') });
		}
		if (all > 0 && all % 2 === 0) {
			found.push({ tone: 'warn', text: t('attention.even', { count: all, fewer: all - 1 }), href: link('ensemble', ['configuration']) });
		}
	}
	return found;
}

function ofLocks() {
	if (known.locks === null) {
		return [];
	}
	if (!known.locks.available) {
		return (known.locks.trouble === 'none') ? [] : [{ tone: 'warn', text: t('attention.nolocks', { reason: known.locks.reason }), href: link('locks') }];
	}
	const deadlocks = known.deadlocks.map((one) => ({ tone: 'bad', text: t('attention.deadlock', { owners: one.owners.join(t('list.and')) }), href: link('locks') }));
	const waits = known.locks.locks.filter((one) => waited(one) > LONG_WAIT)
		.map((one) => ({ tone: 'warn', text: t('attention.wait', { name: one.name, count: one.waiters, span: span(waited(one)) }), href: link('locks', [one.name]) }));
	return [...deadlocks, ...waits];
}

function waited(lock) {
	return lock.waitingSince ? Date.now() - lock.waitingSince : 0;
}

function ofServices() {
	const found = [];
	const hour = Map.groupBy(lastHour(), (one) => one.service);
	for (const [name, instances] of known.services) {
		const all = [...instances.values()];
		const up = all.filter(isUp).length;
		const suspects = all.filter((one) => one.suspect).length;
		const events = hour.get(name) ?? [];
		const before = most(all.length, events);
		const href = link('services', [name]);
		if (up === 0) {
			found.push({ tone: 'bad', text: t('attention.down', { name, all: all.length }), href });
		}
		else if (up === 1 && before > 1) {
			found.push({ tone: 'warn', text: t('attention.last', { name, before }), href });
		}
		if (suspects > 0) {
			found.push({ tone: 'warn', text: t('attention.suspects', { name, count: suspects }), href });
		}
		flapping(name, events, href, found);
	}
	// Services that have nobody any more are in the history alone.
	for (const [name, events] of hour) {
		if (!known.services.has(name)) {
			found.push({ tone: 'bad', text: t('attention.down', { name, all: 0 }), href: link('services', [name]) });
			flapping(name, events, link('services', [name]), found);
		}
	}
	return found;
}

function flapping(name, events, href, found) {
	const lost = events.filter((one) => one.change === 'LEFT' && one.cause !== 'CLOSED' && Date.now() - Date.parse(one.at) < TEN_MINUTES).length;
	if (lost >= FLAPPING) {
		found.push({ tone: 'warn', text: t('attention.flapping', { name, count: lost }), href });
	}
}

/** The most instances that there were, going back from how many there are. */
function most(now, events) {
	let count = now;
	let greatest = now;
	for (const { change } of events) {
		count += (change === 'LEFT') ? 1 : (change === 'JOINED') ? -1 : 0;
		greatest = Math.max(greatest, count);
	}
	return greatest;
}
