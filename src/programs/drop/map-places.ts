import type { DropDataset } from './dataset.ts';

const EARTH_RADIUS_KM = 6371.0088;

/** Places on flat ground, in km from the middle of each user's city: east and north. */
export interface MapPlaces {
	readonly eastKm: Float64Array;
	readonly northKm: Float64Array;
}

/**
 * Each user's place on the plane that touches the globe at the mean of her city's users. Good to a part in a
 * thousand within 300 km; what lies further away is drawn nearer than it is.
 */
export function mapPlaces(dataset: DropDataset): MapPlaces {
	const { users, cityUserStart } = dataset;
	const eastKm = new Float64Array(users.ids.length);
	const northKm = new Float64Array(users.ids.length);
	for (let y = 0; y < dataset.cityIds.length; y++) {
		const [first, end] = [cityUserStart[y], cityUserStart[y + 1]];
		let [mx, my, mz] = [0, 0, 0];
		for (let u = first; u < end; u++) {
			mx += users.x[u];
			my += users.y[u];
			mz += users.z[u];
		}
		const length = Math.sqrt(mx * mx + my * my + mz * mz) || 1;
		[mx, my, mz] = [mx / length, my / length, mz / length];
		// east is level and square to up; at a pole any level way will do
		const level = Math.sqrt(mx * mx + my * my);
		const [ex, ey] = level > 1e-9 ? [-my / level, mx / level] : [1, 0];
		const [nx, ny, nz] = [-mz * ey, mz * ex, mx * ey - my * ex];
		for (let u = first; u < end; u++) {
			eastKm[u] = EARTH_RADIUS_KM * (users.x[u] * ex + users.y[u] * ey);
			northKm[u] = EARTH_RADIUS_KM * (users.x[u] * nx + users.y[u] * ny + users.z[u] * nz);
		}
	}
	return { eastKm, northKm };
}
