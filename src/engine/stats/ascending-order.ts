import { radixSort } from '../sort.ts';

/**
 * Indexes of `values` from the smallest value to the greatest; equal values, −0 and 0 among them, in the order
 * given. Values without NaN. Radix sort of the doubles' bits in two halves: O(n).
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
	const high = new Uint32Array(values.length);
	const low = new Uint32Array(values.length);
	const bits = new DataView(new ArrayBuffer(8));
	for (let i = 0; i < values.length; i++) {
		// + 0 makes one zero of two
		bits.setFloat64(0, values[i] + 0);
		const top = bits.getUint32(0);
		const bottom = bits.getUint32(4);
		// doubles order as whole numbers do, once the sign is turned and negative ones are turned round
		const isNegative = top >>> 31 === 1;
		high[i] = isNegative ? ~top : top | 0x80000000;
		low[i] = isNegative ? ~bottom : bottom;
	}
	const order = Uint32Array.from(values, (_, i) => i);
	radixSort(order, low);
	radixSort(order, high);
	return order;
}
