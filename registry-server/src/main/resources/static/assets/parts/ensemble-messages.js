// The words of the view of the ensemble.

import { add } from '../i18n.js';

add({
	en: {
		'role.leader': 'leader', 'role.follower': 'follower', 'role.observer': 'observer', 'role.standalone': 'alone', 'role.unreachable': 'unreachable',
		'ensemble.members': 'Members', 'ensemble.elections': 'Elections', 'ensemble.simulator': 'Simulator', 'ensemble.configuration': 'Settings', 'ensemble.parts': 'Parts',
		'ensemble.there': '{there} of {all} members are there; {needed} are needed.', 'ensemble.quorum': 'There is a quorum.', 'ensemble.noquorum': 'No quorum: nobody leads.',
		'ensemble.spare': '{count} more may fail.', 'ensemble.spare.one': 'One more may fail.', 'ensemble.nospare': 'No other may fail.', 'ensemble.readonly.one': 'Nothing can be registered, locked or written until one more is back. What was known is still shown.', 'ensemble.readonly': 'Nothing can be registered, locked or written until {count} more are back. What was known is still shown.',
		'ensemble.follow': '{count} follow {leader}', 'ensemble.follow.one': 'One follows {leader}', 'ensemble.leaderless': 'Nobody leads.', 'ensemble.apart': 'Not taking part',
		'ensemble.behind': '{count} transactions behind', 'ensemble.behind.one': 'one transaction behind', 'ensemble.address': 'Address', 'ensemble.role': 'Role', 'ensemble.latency': 'Latency', 'ensemble.connections': 'Connections', 'ensemble.version': 'Version', 'ensemble.ms': '{ms} ms',
		'ensemble.silent': 'It does not answer: it is stopped, cut off, or still starting.', 'ensemble.reading': 'Asking the members …',
		'story.title': 'Epoch {epoch}: member {winner} was elected', 'story.latest': 'The last election', 'story.all': 'All elections seen', 'story.none': 'No election has been seen yet. One is seen when the leader changes while a registry server runs.', 'story.at': 'noticed {at}',
		'story.before': 'Before, member {leader} led in epoch {epoch}.', 'story.again': 'Before, the same member led in epoch {epoch}.', 'story.stood': 'Who stood with what', 'story.unexplained': 'What was seen does not explain it.', 'story.short': 'Member {winner} leads, because {why}.',
		'story.note': 'Known is who leads in which epoch. Who took part, and with what, is inferred from what each member had said last before; ZooKeeper does not tell.',
		'settings.warnings': 'What to look at', 'settings.main': 'The five main parameters', 'settings.more': 'Further parameters', 'settings.servers': 'server.N lines', 'settings.alone': 'There are none: one member is alone.',
		'settings.name': 'Parameter', 'settings.value': 'Value', 'settings.meaning': 'Meaning', 'settings.untold': 'not told', 'settings.participant': 'participant: it votes', 'settings.observer': 'observer: it does not vote',
		'server.host': 'Host', 'server.quorumPort': 'Port for followers, while it leads', 'server.electionPort': 'Port for votes', 'server.role': 'Role', 'server.client': 'Port for clients',
	},
	zh: {
		'role.leader': 'Leader', 'role.follower': 'Follower', 'role.observer': 'Observer', 'role.standalone': '单机', 'role.unreachable': '无法连接',
		'ensemble.members': '成员', 'ensemble.elections': '选举', 'ensemble.simulator': '选举模拟', 'ensemble.configuration': '参数', 'ensemble.parts': '分区',
		'ensemble.there': '{all} 个成员中有 {there} 个在线，至少需要 {needed} 个。', 'ensemble.quorum': '已达到法定人数。', 'ensemble.noquorum': '未达到法定人数：没有 Leader。',
		'ensemble.spare': '还可以再容忍 {count} 个成员故障。', 'ensemble.nospare': '不能再有成员故障。', 'ensemble.readonly': '再恢复 {count} 个成员之前，无法注册、加锁或写入。已知的内容仍会显示。',
		'ensemble.follow': '{count} 个成员跟随 {leader}', 'ensemble.leaderless': '没有 Leader。', 'ensemble.apart': '未参加',
		'ensemble.behind': '落后 {count} 个事务', 'ensemble.address': '地址', 'ensemble.role': '角色', 'ensemble.latency': '延迟', 'ensemble.connections': '连接数', 'ensemble.version': '版本', 'ensemble.ms': '{ms} 毫秒',
		'ensemble.silent': '没有应答：已停止、网络不通，或仍在启动。', 'ensemble.reading': '正在询问各成员…',
		'story.title': '纪元 {epoch}：成员 {winner} 当选', 'story.latest': '最近一次选举', 'story.all': '观测到的所有选举', 'story.none': '还没有观测到选举。在注册服务器运行期间 Leader 发生变更，才能观测到。', 'story.at': '{at} 观测到',
		'story.before': '此前由成员 {leader} 担任纪元 {epoch} 的 Leader。', 'story.again': '此前在纪元 {epoch} 也由同一成员担任 Leader。', 'story.stood': '各成员参选时的状态', 'story.unexplained': '观测到的信息不足以解释这次选举的结果。', 'story.short': '成员 {winner} 当选 Leader，因为{why}。',
		'story.note': '可以确知的是谁在哪个纪元担任 Leader。哪些成员参加、各自的状态如何，是根据各成员此前最后一次的报告推断的；ZooKeeper 不提供这些信息。',
		'settings.warnings': '需要注意', 'settings.main': '五个主要参数', 'settings.more': '其他参数', 'settings.servers': 'server.N 配置行', 'settings.alone': '没有：单机模式。',
		'settings.name': '参数', 'settings.value': '值', 'settings.meaning': '含义', 'settings.untold': '未知', 'settings.participant': 'participant：有投票权', 'settings.observer': 'observer：没有投票权',
		'server.host': '主机', 'server.quorumPort': '担任 Leader 时供 Follower 连接的端口', 'server.electionPort': '选举投票的端口', 'server.role': '角色', 'server.client': '客户端端口',
		'setting.tickTime': '一个 tick 的时长，是其他时间参数的单位；服务器与客户端按它发送心跳。', 'setting.initLimit': 'Follower 连接 Leader 并完成同步允许的 tick 数。', 'setting.syncLimit': 'Follower 落后 Leader 允许的 tick 数，超过即被移除；被隔离的 Leader 在这段时间内仍以为自己是 Leader。',
		'setting.dataDir': '存放快照和 myid 文件的目录；如果没有设置 dataLogDir，事务日志也存放在这里。', 'setting.clientPort': '客户端连接的端口。', 'setting.dataLogDir': '存放事务日志的目录；使用独立磁盘可以加快写入。',
		'setting.minSessionTimeout': '客户端可获得的最短会话超时，默认为 2 个 tick。', 'setting.maxSessionTimeout': '客户端可获得的最长会话超时，默认为 20 个 tick。', 'setting.maxClientCnxns': '同一客户端地址允许的连接数；0 表示不限制。', 'setting.autopurge.purgeInterval': '清理旧快照和日志的间隔小时数；0 表示从不清理。成员不会通过客户端端口提供此值。',
		'warning.even-members': '有投票权的成员数是偶数：可容忍的故障数并不比少一个成员时多。', 'warning.even-members.do': '增加或移除一个成员；Observer 不计入。', 'warning.single-member': '只有一个成员：它停止期间无法读写。', 'warning.single-member.do': '三个成员可以容忍其中一个故障。',
		'warning.no-autopurge': '旧快照和事务日志从不清理，磁盘终将被写满。', 'warning.no-autopurge.do': '设置 autopurge.purgeInterval=1 并重启该成员。', 'warning.autopurge-not-told': '无法得知各成员是否清理旧快照和事务日志；ZooKeeper 默认不清理。', 'warning.autopurge-not-told.do': '请检查各成员 zoo.cfg 中的 autopurge.purgeInterval；设为 1 表示每小时清理一次。',
		'warning.temporary-folder': '数据目录位于临时目录，系统可能会将其清空。', 'warning.temporary-folder.do': '将数据移到持久目录，修改 zoo.cfg 后重启该成员。', 'warning.session-timeout-out-of-range': 'Roster 请求的会话超时超出了成员允许的范围。', 'warning.session-timeout-out-of-range.do': '调整 spring.cloud.zookeeper.session-timeout，或成员的 minSessionTimeout 和 maxSessionTimeout。',
		'warning.members-disagree': '各成员的设置不一致。', 'warning.members-disagree.do': '将所有成员设为一致，并逐个重启不一致的成员。', 'warning.settings-not-told': '部分成员没有提供设置：不允许四字命令 conf。', 'warning.settings-not-told.do': '将 conf 加入 4lw.commands.whitelist，或直接查看其 zoo.cfg。',
	},
});
