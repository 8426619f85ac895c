/** A pivot this small beside its diagonal, relative to it, counts as 0: the columns depend on each other. */
const DEPENDENT = 1e-12;

/**
 * Lower triangle L with L Lᵀ = `matrix`, symmetric, row by row in an array of size²; null where the matrix is
 * not positive definite, or so nearly singular that nothing can be solved. O(size³).
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | null {
	const factor = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		for (let j = 0; j <= i; j++) {
			let rest = matrix[i * size + j];
			for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
			if (i !== j) {
				factor[i * size + j] = rest / factor[j * size + j];
				continue;
			}
			const diagonal = matrix[i * size + i];
			if (!(rest > DEPENDENT * diagonal && diagonal > 0)) return null;
			factor[i * size + i] = Math.sqrt(rest);
		}
	}
	return factor;
}

/** x with L Lᵀ x = `right`, by two triangles. O(size²). */
export function choleskySolve(factor: Float64Array, right: Float64Array): Float64Array {
	const size = right.length;
	const x = Float64Array.from(right);
	for (let i = 0; i < size; i++) {
		for (let k = 0; k < i; k++) x[i] -= factor[i * size + k] * x[k];
		x[i] /= factor[i * size + i];
	}
	for (let i = size - 1; i >= 0; i--) {
		for (let k = i + 1; k < size; k++) x[i] -= factor[k * size + i] * x[k];
		x[i] /= factor[i * size + i];
	}
	return x;
}
