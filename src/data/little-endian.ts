/** Numbers as files hold them: little-endian on every machine, with one zero and one NaN. */

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** float32 numbers as bytes, in memory of their own. */
export function float32Bytes(numbers: Float32Array): Uint8Array {
	const copy = numbers.slice();
	for (let i = 0; i < copy.length; i++) copy[i] = Number.isNaN(copy[i]) ? NaN : copy[i] + 0;
	return inFileOrder(new Uint8Array(copy.buffer), 4);
}

/** float64 numbers as bytes, in memory of their own. */
export function float64Bytes(numbers: Float64Array): Uint8Array {
	const copy = numbers.slice();
	for (let i = 0; i < copy.length; i++) copy[i] = Number.isNaN(copy[i]) ? NaN : copy[i] + 0;
	return inFileOrder(new Uint8Array(copy.buffer), 8);
}

/** uint32 numbers as bytes, in memory of their own. */
export function uint32Bytes(numbers: Uint32Array): Uint8Array {
	return inFileOrder(new Uint8Array(numbers.slice().buffer), 4);
}

/** The float32 numbers in bytes whose count is a multiple of 4. May share their memory. */
export function float32FromBytes(bytes: Uint8Array): Float32Array {
	const isReady = IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0;
	const aligned = isReady ? bytes : inFileOrder(bytes.slice(), 4);
	return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/** Turns the bytes of each number around in place where the machine is not little-endian. */
function inFileOrder(bytes: Uint8Array, width: number): Uint8Array {
	if (!IS_LITTLE_ENDIAN) for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
	return bytes;
}
