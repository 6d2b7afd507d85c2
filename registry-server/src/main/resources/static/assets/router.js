// Every view has an address, behind the '#': #/services/bikesvc?tab=metadata is view 'services',
// parts ['bikesvc'], query {tab: 'metadata'}.

export function parse(hash) {
	const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
	const [view = '', ...parts] = path.split('/').filter(Boolean).map(decode);
	return { view: view || 'overview', parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a view, for href. */
export function link(view, parts = [], query = {}) {
	const search = new URLSearchParams(query).toString();
	return '#/' + [view, ...parts].map(encodeURIComponent).join('/') + (search ? '?' + search : '');
}

/** Goes to a view. */
export function go(view, parts, query) {
	location.hash = link(view, parts, query);
}

/** The same, in the place of the present address: one does not come back to each letter of a search. */
export function replace(view, parts, query) {
	location.replace(link(view, parts, query));
}

function decode(part) {
	try {
		return decodeURIComponent(part);
	}
	catch {
		return part;
	}
}
