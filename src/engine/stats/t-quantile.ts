import { asin, log, powInteger } from '../math.ts';

/** Above this the expansion in 1 / degrees is exact to more digits than a double has. */
const MANY_DEGREES = 1000;

/** Σ coefficient[i] xⁱ. */
function polynomial(x: number, coefficients: readonly number[]): number {
	let sum = 0;
	for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
	return sum;
}

const CENTRE_TOP = [
	3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
	67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const CENTRE_BOTTOM = [
	1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
	28729.085735721943, 5226.495278852854,
];
const TAIL_TOP = [
	1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
	0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const TAIL_BOTTOM = [
	1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
	0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_TOP = [
	6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
	0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_BOTTOM = [
	1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
	1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * x with P(Z ≤ x) = `share` for a standard normal Z: Wichura's AS 241 (1988), to a relative error of about
 * 1e-15. −Infinity at 0, Infinity at 1, NaN outside.
 */
export function normalQuantile(share: number): number {
	const q = share - 0.5;
	if (q >= -0.425 && q <= 0.425) {
		const r = 0.180625 - q * q;
		return (q * polynomial(r, CENTRE_TOP)) / polynomial(r, CENTRE_BOTTOM);
	}
	const tail = q < 0 ? share : 1 - share;
	if (tail === 0) return q < 0 ? -Infinity : Infinity;
	const r = Math.sqrt(-log(tail));
	const size =
		r <= 5
			? polynomial(r - 1.6, TAIL_TOP) / polynomial(r - 1.6, TAIL_BOTTOM)
			: polynomial(r - 5, FAR_TOP) / polynomial(r - 5, FAR_BOTTOM);
	return q < 0 ? -size : size;
}

/**
 * P(|T| ≤ t) for Student's T with a whole number of degrees of freedom ≥ 1 and t ≥ 0: the finite sums of
 * Abramowitz and Stegun 26.7.3 and 26.7.4. O(degrees).
 */
export function centralChanceOfT(t: number, degrees: number): number {
	const hypotenuse = Math.sqrt(degrees + t * t);
	const sine = t / hypotenuse;
	const cosineSquared = degrees / (degrees + t * t);
	const isOdd = degrees % 2 === 1;

	let term = isOdd ? Math.sqrt(cosineSquared) : 1;
	let sum = 0;
	for (let k = isOdd ? 3 : 2; k <= degrees; k += 2) {
		sum += term;
		term *= (cosineSquared * (k - 1)) / k;
	}
	return isOdd ? (asin(sine) + sine * sum) / (Math.PI / 2) : sine * sum;
}

/**
 * t with P(T ≤ t) = `share` for Student's T with a whole number of `degrees` of freedom ≥ 1. Up to 1000
 * degrees by bisection of the finite sum, to a relative error of about 1e-16 over the tail beyond t (1e-13 for
 * one of 0.001); above them by Fisher's expansion around the normal quantile (Abramowitz and Stegun 26.7.5), as
 * near. O(60 · degrees).
 */
export function tQuantile(share: number, degrees: number): number {
	if (share === 0.5) return 0;
	if (!(share > 0 && share < 1)) return share === 0 ? -Infinity : share === 1 ? Infinity : NaN;
	const isNegative = share < 0.5;
	if (degrees > MANY_DEGREES) return expandedTQuantile(normalQuantile(share), degrees);

	const central = isNegative ? 1 - 2 * share : 2 * share - 1;
	let low = 0;
	let high = 1;
	while (centralChanceOfT(high, degrees) < central && high < 1e300) {
		low = high;
		high *= 2;
	}
	for (let step = 0; step < 60; step++) {
		const middle = low + (high - low) / 2;
		if (centralChanceOfT(middle, degrees) < central) low = middle;
		else high = middle;
	}
	return isNegative ? -high : high;
}

function expandedTQuantile(x: number, degrees: number): number {
	const s = x * x;
	return (
		x *
		(1 +
			polynomial(s, [1, 1]) / (4 * degrees) +
			polynomial(s, [3, 16, 5]) / (96 * powInteger(degrees, 2)) +
			polynomial(s, [-15, 17, 19, 3]) / (384 * powInteger(degrees, 3)) +
			polynomial(s, [-945, -1920, 1482, 776, 79]) / (92160 * powInteger(degrees, 4)))
	);
}
