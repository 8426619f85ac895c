import type { DropDataset, DropHistory, UserBrandValues } from '../dataset.ts';

/**
 * The dataset with the users of `cities` alone, and their history and affinities. Cities, brands, contracts, past
 * Drops and runs keep their indexes; users are numbered anew, in the same order, and other cities stand empty.
 * Plain data on buffers of its own, so that it can be handed to another thread or machine. O(rows).
 */
export function sliceDataset(dataset: DropDataset, cities: Iterable<number>): DropDataset {
	const isIn = new Uint8Array(dataset.cityIds.length);
	for (const y of cities) isIn[y] = 1;
	const { users, cityUserStart } = dataset;

	const sliceStart = new Uint32Array(cityUserStart.length);
	const chosen = new Uint32Array(users.ids.length);
	const place = new Int32Array(users.ids.length).fill(-1);
	let count = 0;
	for (let y = 0; y < isIn.length; y++) {
		for (let u = cityUserStart[y]; isIn[y] && u < cityUserStart[y + 1]; u++) {
			place[u] = count;
			chosen[count++] = u;
		}
		sliceStart[y + 1] = count;
	}
	const rows = chosen.slice(0, count);
	const opens = rowsByUser(rows, users.openStart);
	const logged = rowsByUser(rows, dataset.history.userStart);

	return {
		...dataset,
		cityUserStart: sliceStart,
		users: {
			ids: Array.from(rows, (u) => users.ids[u]),
			key: rows.map((u) => users.key[u]),
			city: rows.map((u) => users.city[u]),
			x: columnAt(users.x, rows),
			y: columnAt(users.y, rows),
			z: columnAt(users.z, rows),
			createdAt: columnAt(users.createdAt, rows),
			isActive: Uint8Array.from(rows, (u) => users.isActive[u]),
			openStart: opens.start,
			openedAt: columnAt(users.openedAt, opens.row),
		},
		history: sliceHistory(dataset.history, logged, place),
		affinity: sliceValues(dataset.affinity, place),
		bestCustomer: sliceValues(dataset.bestCustomer, place),
	};
}

function columnAt(column: Float64Array, rows: Uint32Array): Float64Array {
	const taken = new Float64Array(rows.length);
	for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i]];
	return taken;
}

interface UserRows {
	/** by user of the slice */
	readonly start: Uint32Array;
	/** rows of the whole table */
	readonly row: Uint32Array;
}

function rowsByUser(users: Uint32Array, start: Uint32Array): UserRows {
	const sliceStart = new Uint32Array(users.length + 1);
	for (let i = 0; i < users.length; i++)
		sliceStart[i + 1] = sliceStart[i] + start[users[i] + 1] - start[users[i]];
	const row = new Uint32Array(sliceStart[users.length]);
	for (let i = 0, next = 0; i < users.length; i++) {
		for (let r = start[users[i]]; r < start[users[i] + 1]; r++) row[next++] = r;
	}
	return { start: sliceStart, row };
}

function sliceHistory(history: DropHistory, { start, row }: UserRows, place: Int32Array): DropHistory {
	return {
		userStart: start,
		drop: Int32Array.from(row, (a) => history.drop[a]),
		user: row.map((a) => place[history.user[a]]),
		contract: row.map((a) => history.contract[a]),
		slot: columnAt(history.slot, row),
		points: columnAt(history.points, row),
		propensity: columnAt(history.propensity, row),
		assignedAt: columnAt(history.assignedAt, row),
		selectedAt: columnAt(history.selectedAt, row),
		convertedAt: columnAt(history.convertedAt, row),
		rejectedAt: columnAt(history.rejectedAt, row),
		expiredAt: columnAt(history.expiredAt, row),
	};
}

/** Values and packed rows of users who have a place, in their order. */
function sliceValues(values: UserBrandValues, place: Int32Array): UserBrandValues {
	const row = rowsOf(values.user, place);
	const packedRow = rowsOf(values.packedUser, place);
	const { data, start } = values.packed;
	const packedStart = new Uint32Array(packedRow.length + 1);
	for (let i = 0; i < packedRow.length; i++)
		packedStart[i + 1] = packedStart[i] + start[packedRow[i] + 1] - start[packedRow[i]];
	const packed = new Float32Array(packedStart[packedRow.length]);
	for (let i = 0; i < packedRow.length; i++) {
		packed.set(data.subarray(start[packedRow[i]], start[packedRow[i] + 1]), packedStart[i]);
	}
	return {
		run: Int32Array.from(row, (i) => values.run[i]),
		user: row.map((i) => place[values.user[i]]),
		brand: row.map((i) => values.brand[i]),
		value: columnAt(values.value, row),
		packedRun: Int32Array.from(packedRow, (i) => values.packedRun[i]),
		packedUser: packedRow.map((i) => place[values.packedUser[i]]),
		packed: { data: packed, start: packedStart },
	};
}

function rowsOf(user: Uint32Array, place: Int32Array): Uint32Array {
	const row = new Uint32Array(user.length);
	let count = 0;
	for (let i = 0; i < user.length; i++) if (place[user[i]] >= 0) row[count++] = i;
	return row.slice(0, count);
}
