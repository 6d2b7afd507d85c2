// Calls of the server. A refusal is an ApiError with what the server said.

const KEY = 'roster.token';

/** An answer other than 2xx, or none: status 0. */
export class ApiError extends Error {
	constructor(status, problem) {
		super(problem.detail || problem.title || 'HTTP ' + status);
		this.status = status;
		this.problem = problem;
	}
}

/** The credentials of this tab; gone when it is closed. */
export const credentials = {
	get: () => sessionStorage.getItem(KEY),
	set: (token) => sessionStorage.setItem(KEY, token),
	clear: () => sessionStorage.removeItem(KEY),
};

let refused = () => {};

/** Says what happens when the server does not know who is calling. */
export function onRefusedCredentials(handler) {
	refused = handler;
}

/** Makes a path of the API of names that may contain anything: path`services/${name}`. */
export function path(strings, ...names) {
	return strings.reduce((all, part, i) => all + encodeURIComponent(names[i - 1]) + part);
}

/** Sends a request to the API; answers with the response, whose body has not been read. */
export async function send(method, where, { body, headers = {}, signal } = {}) {
	const token = credentials.get();
	let response;
	try {
		response = await fetch('api/v1/' + where, {
			method, signal, cache: 'no-store',
			headers: {
				...(token && { Authorization: 'Bearer ' + token }),
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...headers,
			},
			body: (body !== undefined) ? JSON.stringify(body) : undefined,
		});
	}
	catch (error) {
		if (signal?.aborted) {
			throw error;
		}
		throw new ApiError(0, { title: 'No answer', detail: String(error.message) });
	}
	if (!response.ok) {
		// The lock service may refuse whom this server lets in.
		if (response.status === 401 && !where.startsWith('lock-service/')) {
			refused();
		}
		throw new ApiError(response.status, await problem(response));
	}
	return response;
}

/** Sends a request to the API; answers with the JSON of the response, or null if it has none. */
export async function call(method, where, options) {
	const response = await send(method, where, options);
	const text = await response.text();
	return text ? JSON.parse(text) : null;
}

async function problem(response) {
	try {
		return await response.json();
	}
	catch {
		return { title: 'HTTP ' + response.status };
	}
}
