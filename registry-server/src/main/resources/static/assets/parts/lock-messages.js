// The words of the locks.

import { add } from '../i18n.js';

add({
	en: {
		'locks.search': 'Search by name', 'locks.found': '{found} of {count} locks', 'locks.count': '{count} locks in use, the busiest first', 'locks.count.one': '1 lock in use',
		'locks.none': 'No lock is in use.', 'locks.nothing': 'No lock has such a name.', 'locks.more': 'Show more', 'locks.back': 'All locks', 'locks.loading': 'Waiting for the lock service …',
		'locks.name': 'Lock', 'locks.kind': 'Kind', 'locks.held': 'Held', 'locks.waiting': 'Waiting', 'locks.oldest': 'First waits for',
		'locks.trouble.none': 'This console has no lock service: the property roster.console.lock-service is empty.', 'locks.trouble.unreachable': 'The lock service does not answer. Its locks go on without this console; it is asked again every second.',
		'locks.trouble.refused': 'The lock service does not accept your credentials.', 'locks.trouble.failed': 'The lock service answers with an error. It is asked again every second.',
		'kind.MUTEX': 'mutex', 'kind.READ_WRITE': 'read-write', 'kind.SEMAPHORE': 'semaphore', 'kind.permits': '{used} of {all} permits taken', 'mode.EXCLUSIVE': 'exclusive', 'mode.SHARED': 'shared',
		'queue.holders': 'Holders', 'queue.waiters': 'Waiters, in order', 'queue.free': 'Nobody holds it.', 'queue.nobody': 'Nobody waits.', 'queue.gone': 'Nobody holds {name} or waits for it.', 'queue.more': '{count} more', 'queue.reading': 'Reading the queue …',
		'place.since': 'For', 'place.token': 'Fencing token', 'place.left': '{left} of {ttl} left', 'place.session': 'as long as its session', 'place.unknown': 'unknown',
		'place.revoked': 'revoked: {reason}', 'client.rest': 'REST', 'client.curator': 'Curator', 'client.foreign': 'foreign', 'place.principal': 'of {principal}',
		'revoke.do': 'Revoke', 'revoke.title': 'Revoke {name} from {owner}?', 'revoke.text': 'Renewals of this lease are refused from now on. The lock passes on when its holder gives it back, or after the TTL ({ttl}) at the latest.',
		'force.do': 'Remove', 'force.title': 'Take {name} away from {owner} at once?', 'force.text': 'The lock passes to the next one at once. The old holder may still believe that it holds it: only resources that check the fencing token refuse it.',
		'cancel.do': 'Cancel wait', 'cancel.title': 'Cancel the wait of {owner} for {name}?', 'cancel.text': 'Its place in the queue is removed, and its call ends without the lock. The others move up.', 'place.reason': 'Reason, which the audit trail keeps',
		'dead.title': 'Deadlock', 'dead.text': '{owners} wait for each other. None of them goes on before one gives up: revoke the lease of one of them.', 'dead.wait': '{owner} waits for {lock} behind {others}', 'dead.picture': 'Who waits for whom',
	},
	zh: {
		'locks.search': '按名称搜索', 'locks.found': '{count} 个锁中的 {found} 个', 'locks.count': '{count} 个锁正在使用，最繁忙的排在前面',
		'locks.none': '当前没有正在使用的锁。', 'locks.nothing': '没有名称匹配的锁。', 'locks.more': '显示更多', 'locks.back': '全部锁', 'locks.loading': '正在等待锁服务……',
		'locks.name': '锁', 'locks.kind': '类型', 'locks.held': '持有', 'locks.waiting': '等待', 'locks.oldest': '队首已等待',
		'locks.trouble.none': '此控制台未配置锁服务：属性 roster.console.lock-service 为空。', 'locks.trouble.unreachable': '锁服务没有应答。已有的锁不受影响，控制台每秒重试一次。',
		'locks.trouble.refused': '锁服务不接受您的凭据。', 'locks.trouble.failed': '锁服务返回错误，每秒重试一次。',
		'kind.MUTEX': '互斥锁', 'kind.READ_WRITE': '读写锁', 'kind.SEMAPHORE': '信号量', 'kind.permits': '已占用 {used}/{all} 个许可', 'mode.EXCLUSIVE': '独占', 'mode.SHARED': '共享',
		'queue.holders': '持有者', 'queue.waiters': '等待者（按顺序）', 'queue.free': '无人持有。', 'queue.nobody': '无人等待。', 'queue.gone': '无人持有或等待 {name}。', 'queue.more': '另外还有 {count} 个', 'queue.reading': '正在读取队列…',
		'place.since': '时长', 'place.token': '防护令牌', 'place.left': '剩余 {left}，共 {ttl}', 'place.session': '与会话同寿', 'place.unknown': '未知',
		'place.revoked': '已撤销：{reason}', 'client.rest': 'REST', 'client.curator': 'Curator', 'client.foreign': '其他', 'place.principal': '属于 {principal}',
		'revoke.do': '撤销', 'revoke.title': '撤销 {owner} 对 {name} 的租约？', 'revoke.text': '此后拒绝该租约的续期。持有者归还后锁即移交，最迟在 TTL（{ttl}）到期时移交。',
		'force.do': '强制移除', 'force.title': '立即从 {owner} 手中收回 {name}？', 'force.text': '锁会立即移交给下一位。原持有者可能仍以为自己持有锁，只有校验防护令牌的资源才会拒绝它。',
		'cancel.do': '取消等待', 'cancel.title': '取消 {owner} 对 {name} 的等待？', 'cancel.text': '其排队位置将被移除，调用结束且未获得锁；后面的等待者依次前移。', 'place.reason': '原因（写入审计记录）',
		'dead.title': '死锁', 'dead.text': '{owners} 互相等待。必须有一方放弃，其余才能继续：请撤销其中一方的租约。', 'dead.wait': '{owner} 在 {others} 之后等待 {lock}', 'dead.picture': '等待关系图',
	},
});
