// Transaction ids: the epoch in the upper 32 bits, a counter in the lower ones.

/** @param text a decimal number of 64 bits */
export function zxid(text) {
	const all = BigInt.asUintN(64, BigInt(text));
	return { hex: '0x' + all.toString(16), epoch: String(all >> 32n), counter: String(all & 0xffffffffn) };
}
