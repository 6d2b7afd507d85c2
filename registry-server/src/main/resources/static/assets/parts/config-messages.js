// The words of the view of the configuration.

import { add } from '../i18n.js';

add({
	en: {
		'config.about': 'Running applications (spring-cloud-zookeeper-config) get a change at once, without a restart. Values are no secrets: every viewer sees them.',
		'config.applications': 'Applications', 'config.none': 'No application has configuration here yet.', 'config.all': 'holds for all applications', 'config.profile': '{name} with the profile {profile}',
		'config.count': '{count} properties', 'config.count.one': '1 property', 'config.empty': '{application} has no properties here.', 'config.key': 'Property', 'config.value': 'Value', 'config.by': 'By', 'config.at': 'When', 'config.version': 'Version',
		'config.other': 'another program', 'config.actions': 'Actions',
		'config.add': 'Add property', 'config.edit': 'Edit', 'config.delete': 'Delete', 'config.history': 'History', 'config.back': 'Roll back to this', 'config.stale': 'The ensemble is away; this is what was known last.',
		'config.application': 'Application', 'config.add.title': 'Add a property', 'config.add.text': 'Running applications of that name get it at once. It is refused if the property exists by now.', 'config.add.confirm': 'Add',
		'config.edit.title': 'Edit {key}', 'config.edit.text': 'Writes {key} of {application}, if version {version} still stands there. Running applications get it at once.', 'config.edit.confirm': 'Write',
		'config.meanwhile': '{by} has written another value meanwhile, {at}. What was changed:', 'config.deleted': 'It has been deleted meanwhile.', 'config.goon': 'I have seen it: write mine over it',
		'config.delete.title': 'Delete {key}?', 'config.delete.text': 'Takes {key} of {application} away, if version {version} still stands there. Running applications go back to their own value at once. The history is kept.',
		'config.back.title': 'Roll back {key}?', 'config.back.text': 'Writes the value of {at} as a new version. Running applications get it at once.', 'config.back.confirm': 'Roll back', 'config.gone': 'deleted', 'config.current': 'stands',
		'config.compare': 'What changed', 'config.nothing': 'There is nothing before it to compare with.', 'config.from': 'From', 'config.to': 'To',
	},
	zh: {
		'config.about': '运行中的应用（spring-cloud-zookeeper-config）会立即收到修改，无需重启。配置值不是机密：所有只读用户都能看到。',
		'config.applications': '应用', 'config.none': '这里还没有任何应用的配置。', 'config.all': '对所有应用生效', 'config.profile': '{name} 的 {profile} 环境',
		'config.count': '{count} 个属性', 'config.empty': '{application} 在这里没有属性。', 'config.key': '属性', 'config.value': '值', 'config.by': '修改人', 'config.at': '修改时间', 'config.version': '版本',
		'config.other': '其他程序', 'config.actions': '操作',
		'config.add': '新增属性', 'config.edit': '编辑', 'config.delete': '删除', 'config.history': '历史', 'config.back': '回滚到此版本', 'config.stale': '集群不可用，显示的是最后已知的内容。',
		'config.application': '应用', 'config.add.title': '新增属性', 'config.add.text': '同名的运行中应用会立即收到。如果该属性已存在，则会被拒绝。', 'config.add.confirm': '新增',
		'config.edit.title': '编辑 {key}', 'config.edit.text': '仅当 {application} 的 {key} 仍为版本 {version} 时写入。运行中的应用会立即收到。', 'config.edit.confirm': '写入',
		'config.meanwhile': '在此期间，{by} 于 {at} 写入了另一个值。改动如下：', 'config.deleted': '在此期间它已被删除。', 'config.goon': '我已看过，用我的内容覆盖',
		'config.delete.title': '删除 {key}？', 'config.delete.text': '仅当 {application} 的 {key} 仍为版本 {version} 时将其删除。运行中的应用会立即恢复为自身的值。历史会保留。',
		'config.back.title': '回滚 {key}？', 'config.back.text': '将 {at} 的值写入为新版本。运行中的应用会立即收到。', 'config.back.confirm': '回滚', 'config.gone': '已删除', 'config.current': '当前',
		'config.compare': '变更内容', 'config.nothing': '之前没有可供比较的版本。', 'config.from': '从', 'config.to': '到',
	},
});
