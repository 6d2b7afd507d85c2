// Data as text, JSON and hexadecimal.

/** The bytes of a znode's data as the API writes it. */
export function bytesOf({ data, encoding }) {
	return (encoding === 'base64') ? Uint8Array.from(atob(data ?? ''), (c) => c.charCodeAt(0)) : new TextEncoder().encode(data ?? '');
}

/** The classic picture: offset, sixteen bytes, and what of them is ASCII. */
export function hex(bytes) {
	const lines = [];
	for (let offset = 0; offset < bytes.length; offset += 16) {
		const row = [...bytes.subarray(offset, offset + 16)];
		const numbers = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(47);
		const text = row.map((byte) => (byte >= 32 && byte < 127) ? String.fromCharCode(byte) : '.').join('');
		lines.push(offset.toString(16).padStart(8, '0') + '  ' + numbers + '  ' + text);
	}
	return lines.join('\n');
}

/** JSON with line breaks, or null for what is no object or array. Its numbers stay as they are written: they may have 64 bits. */
export function indented(text) {
	try {
		const value = JSON.parse(text);
		if (value === null || typeof value !== 'object') {
			return null;
		}
	}
	catch {
		return null;
	}
	const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g);
	let depth = 0;
	let out = '';
	const line = () => '\n' + '  '.repeat(depth);
	tokens.forEach((token, i) => {
		if (token === '{' || token === '[') {
			depth++;
			out += token + ('}]'.includes(tokens[i + 1]) ? '' : line());
		}
		else if (token === '}' || token === ']') {
			depth--;
			out += ('{['.includes(tokens[i - 1]) ? '' : line()) + token;
		}
		else {
			out += (token === ',') ? ',' + line() : (token === ':') ? ': ' : token;
		}
	});
	return out;
}
