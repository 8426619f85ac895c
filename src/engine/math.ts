/**
 * Elementary functions that every JavaScript engine computes alike, from + − × ÷ and bit operations only.
 * The forms are those of fdlibm (Sun Microsystems, 1993), with errors below one unit in the last place, `pow`
 * and `powInteger` apart, which say theirs;
 * `Math.exp` and its like differ in the last bit between engines and could turn a ranking.
 */

const bits = new DataView(new ArrayBuffer(8));

const LN2_HI = 6.93147180369123816490e-1; // prettier-ignore
const LN2_LO = 1.90821492927058770002e-10;
const INV_LN2 = 1.44269504088896338700; // prettier-ignore

function highWord(x: number): number {
	bits.setFloat64(0, x);
	return bits.getInt32(0);
}

function withHighWord(x: number, high: number): number {
	bits.setFloat64(0, x);
	bits.setInt32(0, high);
	return bits.getFloat64(0);
}

function withLowWord(x: number, low: number): number {
	bits.setFloat64(0, x);
	bits.setInt32(4, low);
	return bits.getFloat64(0);
}

/** 2^k for whole k in [-1022, 1023]. */
function powerOfTwo(k: number): number {
	bits.setInt32(0, (k + 1023) << 20);
	bits.setInt32(4, 0);
	return bits.getFloat64(0);
}

/** x · 2^k, with gradual underflow. */
function scale(x: number, k: number): number {
	if (k < -1021) return x * powerOfTwo(k + 1000) * powerOfTwo(-1000);
	if (k > 1023) return x * 2 * powerOfTwo(k - 1);
	return x * powerOfTwo(k);
}

/** e^x. */
export function exp(x: number): number {
	if (Number.isNaN(x)) return x;
	if (x > 709.782712893384) return Infinity;
	if (x < -745.1332191019411) return 0;

	// x = k ln 2 + r with |r| ≤ ln 2 / 2, r kept in two parts
	const size = x < 0 ? -x : x;
	let k = 0;
	let hi = x;
	let lo = 0;
	if (size > 0.34657359027997264) {
		k = Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5));
		hi = x - k * LN2_HI;
		lo = k * LN2_LO;
	} else if (size < 3.725290298461914e-9) return 1 + x;
	const r = hi - lo;

	const t = r * r;
	const c =
		r -
		t *
			(1.66666666666666019037e-1 +
				t *
					(-2.77777777770155933842e-3 +
						t *
							(6.61375632143793436117e-5 +
								t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8)))); // prettier-ignore
	if (k === 0) return 1 - ((r * c) / (c - 2) - r);
	return scale(1 - (lo - (r * c) / (2 - c) - hi), k);
}

/** Natural logarithm. Negative x gives NaN, 0 gives −Infinity. */
export function log(x: number): number {
	if (x < 0 || Number.isNaN(x)) return NaN;
	if (x === 0) return -Infinity;
	if (x === Infinity) return x;

	let k = 0;
	let high = highWord(x);
	if (high < 0x00100000) {
		k -= 54;
		x *= 18014398509481984;
		high = highWord(x);
	}
	k += (high >> 20) - 1023;
	high &= 0x000fffff;
	const i = (high + 0x95f64) & 0x100000;
	// x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2)
	const f = withHighWord(x, high | (i ^ 0x3ff00000)) - 1;
	k += i >> 20;
	if (f === 0) return k * LN2_HI + k * LN2_LO;

	const s = f / (2 + f);
	const z = s * s;
	const w = z * z;
	const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
	const t2 =
		z *
		(6.666666666666735130e-1 +
			w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1))); // prettier-ignore
	const R = t1 + t2;
	const half = 0.5 * f * f;
	return k * LN2_HI - (half - (s * (half + R) + k * LN2_LO) - f);
}

/** e^x − 1, without cancellation near 0. */
export function expm1(x: number): number {
	if (Number.isNaN(x)) return x;
	if (x > 709.782712893384) return Infinity;
	if (x < -38.816242111356935) return -1;

	const size = x < 0 ? -x : x;
	let k = 0;
	let c = 0;
	if (size > 0.34657359027997264) {
		k = Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5));
		const hi = x - k * LN2_HI;
		const lo = k * LN2_LO;
		x = hi - lo;
		c = hi - x - lo;
	} else if (size < 5.551115123125783e-17) return x;

	const hfx = 0.5 * x;
	const hxs = x * hfx;
	const r1 =
		1 +
		hxs *
			(-3.33333333333331316428e-2 +
				hxs *
					(1.58730158725481460165e-3 +
						hxs *
							(-7.93650757867487942473e-5 +
								hxs * (4.00821782732936239552e-6 + hxs * -2.01099218183624371326e-7)))); // prettier-ignore
	const t = 3 - r1 * hfx;
	let e = hxs * ((r1 - t) / (6 - x * t));
	if (k === 0) return x - (x * e - hxs);
	e = x * (e - c) - c;
	e -= hxs;
	if (k === -1) return 0.5 * (x - e) - 0.5;
	if (k === 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
	if (k <= -2 || k > 56) return scale(1 - (e - x), k) - 1;
	if (k < 20) return scale(1 - powerOfTwo(-k) - (e - x), k);
	return scale(x - (e + powerOfTwo(-k)) + 1, k);
}

/** Hyperbolic tangent. */
export function tanh(x: number): number {
	if (Number.isNaN(x)) return x;
	const size = x < 0 ? -x : x;
	let z: number;
	if (size < 22) {
		if (size < 2.7755575615628914e-17) return x;
		if (size >= 1) z = 1 - 2 / (expm1(2 * size) + 2);
		else {
			const t = expm1(-2 * size);
			z = -t / (t + 2);
		}
	} else z = 1;
	return x < 0 ? -z : z;
}

/** base^n for whole n ≥ 0, by repeated squaring, to a relative error below n · 2^-53. 0^0 is 1. */
export function powInteger(base: number, n: number): number {
	let result = 1;
	let square = base;
	for (let left = n; left > 0; left = Math.floor(left / 2)) {
		if (left % 2 === 1) result *= square;
		square *= square;
	}
	return result;
}

/**
 * x^y for x ≥ 0: products for whole y up to 64, else exp(y ln x), to a relative error below
 * (2 + 2 |y ln x|) · 2^-53. 0^0 is 1; negative x and broken y give NaN.
 */
export function pow(x: number, y: number): number {
	if (y >= 0 && y <= 64 && Math.floor(y) === y) return powInteger(x, y);
	if (x === 0) return y > 0 ? 0 : Infinity;
	return exp(y * log(x));
}

/** sin on [−π/4, π/4], y the tail of x. */
function kernelSin(x: number, y: number): number {
	const z = x * x;
	const v = z * x;
	const r =
		8.33333333332248946124e-3 +
		z *
			(-1.98412698298579493134e-4 +
				z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
	return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1);
}

/** cos on [−π/4, π/4], y the tail of x. */
function kernelCos(x: number, y: number): number {
	const z = x * x;
	const r =
		z *
		(4.16666666666666019037e-2 +
			z *
				(-1.38888888888741095749e-3 +
					z *
						(2.48015872894767294178e-5 +
							z * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11))))); // prettier-ignore
	const hz = 0.5 * z;
	const w = 1 - hz;
	return w + (1 - w - hz + (z * r - x * y));
}

/**
 * Splits x into n · π/2 + (r, tail), |r| ≤ π/4, by Cody and Waite's reduction with π/2 in three parts, the
 * first two of 33 bits so that n times them is exact; for |x| up to about 10^5.
 */
function reduceByHalfPi(x: number): { n: number; r: number; tail: number } {
	const n = Math.round(x * 6.36619772367581382433e-1); // prettier-ignore
	const first = x - n * 1.57079632673412561417;
	const second = n * 6.0771005063039659766e-11;
	const r = first - second;
	const rest = n * 2.02226624879595063154e-21 - (first - r - second);
	const head = r - rest;
	return { n, r: head, tail: r - head - rest };
}

/** Sine of x radians, |x| up to about 10^5. */
export function sin(x: number): number {
	const { n, r, tail } = reduceByHalfPi(x);
	const quadrant = ((n % 4) + 4) % 4;
	if (quadrant === 0) return kernelSin(r, tail);
	if (quadrant === 1) return kernelCos(r, tail);
	if (quadrant === 2) return -kernelSin(r, tail);
	return -kernelCos(r, tail);
}

/** Cosine of x radians, |x| up to about 10^5. */
export function cos(x: number): number {
	const { n, r, tail } = reduceByHalfPi(x);
	const quadrant = ((n % 4) + 4) % 4;
	if (quadrant === 0) return kernelCos(r, tail);
	if (quadrant === 1) return -kernelSin(r, tail);
	if (quadrant === 2) return -kernelCos(r, tail);
	return kernelSin(r, tail);
}

/** Rational part of fdlibm's arcsine. */
function arcsineRatio(z: number): number {
	const p =
		z *
		(1.66666666666666657415e-1 +
			z *
				(-3.25565818622400915405e-1 +
					z *
						(2.01212532134862925881e-1 +
							z * (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.47933107596021167570e-5))))); // prettier-ignore
	const q =
		1 +
		z *
			(-2.40339491173441421878 +
				z * (2.02094576023350569471 + z * (-6.88283971605453293030e-1 + z * 7.70381505559019352791e-2))); // prettier-ignore
	return p / q;
}

const QUARTER_PI = 7.85398163397448278999e-1;
const HALF_PI_LO = 6.12323399573676603587e-17;

/** Arcsine of x in [−1, 1], in radians; NaN outside. */
export function asin(x: number): number {
	const size = x < 0 ? -x : x;
	if (size < 0.5) return x + x * arcsineRatio(x * x);
	const z = (1 - size) / 2;
	const s = Math.sqrt(z);
	// asin x = π/2 − 2 asin s, with s kept in two parts
	const head = withLowWord(s, 0);
	const tail = s > 0 ? (z - head * head) / (s + head) : 0;
	const small = 2 * s * arcsineRatio(z) - (HALF_PI_LO - 2 * tail);
	const angle = QUARTER_PI - (small - (QUARTER_PI - 2 * head));
	return x < 0 ? -angle : angle;
}

const RADIANS = 0.017453292519943295;
const EARTH_RADIUS_KM = 6371.0088;

/** Great-circle distance in km between two points in degrees, on a sphere of radius 6371.0088 km (haversine). */
export function haversineKm(latA: number, lonA: number, latB: number, lonB: number): number {
	const sinLat = sin(((latB - latA) * RADIANS) / 2);
	const sinLon = sin(((lonB - lonA) * RADIANS) / 2);
	const h = sinLat * sinLat + cos(latA * RADIANS) * cos(latB * RADIANS) * sinLon * sinLon;
	return 2 * EARTH_RADIUS_KM * asin(Math.sqrt(h < 1 ? h : 1));
}
