// English and Chinese. Each view brings its messages: add({en: {'x.y': 'Text with {name}'}, zh: {…}}).

const KEY = 'roster.language';
const LANGUAGES = ['en', 'zh'];
const messages = { en: {}, zh: {} };

let language = first(localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))) ?? 'en';

function first(...wanted) {
	return wanted.find((one) => LANGUAGES.includes(one));
}

export function add(more) {
	LANGUAGES.forEach((one) => Object.assign(messages[one], more[one]));
}

export function current() {
	return language;
}

export function choose(other) {
	language = other;
	localStorage.setItem(KEY, other);
	document.documentElement.lang = (other === 'zh') ? 'zh-Hans' : 'en';
}

/** The text of a key; one with '{count}' may have a singular, 'key.one'. */
export function t(key, values = {}) {
	const all = messages[language];
	const text = ((values.count === 1 && all[key + '.one']) || all[key]) ?? messages.en[key] ?? key;
	return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values) ? values[name] : whole);
}

/** A time of day, with the date if it is not today. */
export function time(at) {
	const when = new Date(at);
	const today = when.toDateString() === new Date().toDateString();
	return when.toLocaleString(language, today ? { timeStyle: 'medium' } : { dateStyle: 'short', timeStyle: 'medium' });
}

/** How long ago, or how long it takes: '4 s', '12 min', '3 h', '5 d'. */
export function span(ms) {
	const seconds = Math.max(0, Math.round(ms / 1000));
	const [count, unit] = (seconds < 120) ? [seconds, 'second'] : (seconds < 7200) ? [Math.floor(seconds / 60), 'minute']
		: (seconds < 172_800) ? [Math.floor(seconds / 3600), 'hour'] : [Math.floor(seconds / 86_400), 'day'];
	return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

add({ en: { 'list.and': ', ' }, zh: { 'list.and': '、' } });
choose(language);
