import type { Participants } from '#programs/report.ts';

/** What a mark stands for, as colours tell it: someone with nothing, with growth items alone, or with sponsored ones. */
export type Tone = 'nobody' | 'growth' | 'sponsored';

/** A dot for a person, or a square of side `size` for all in it. */
export interface Mark {
	readonly x: number;
	readonly y: number;
	readonly tone: Tone;
	/** people it stands for */
	readonly count: number;
}

/** Marks of a group in km; `size` is the side of a bin in km, 0 where each person has a dot. */
export interface MapMarks {
	readonly marks: readonly Mark[];
	readonly size: number;
	/** half of the side of the square drawn, km */
	readonly reach: number;
	/** people by tone: nobody, growth, sponsored */
	readonly counts: Readonly<Record<Tone, number>>;
}

const MOST_DOTS = 2000;
const BINS = 40;
/** The share of people, the farthest out, whom the frame may leave at its edge. */
const LEFT_OUT = 0.005;

/**
 * The people of a group as marks. Up to 2 000 each has a dot; above, they are counted in a grid of squares, each in
 * the tone that most in it have (of equals the better). The few farthest stand at the edge.
 */
export function mapMarks(people: Participants, group: number): MapMarks {
	const { eastKm, northKm } = people.places ?? { eastKm: new Float64Array(), northKm: new Float64Array() };
	const members = Array.from(people.ids.keys()).filter((i) => people.group[i] === group);
	const far = Float64Array.from(members, (i) => Math.max(Math.abs(eastKm[i]), Math.abs(northKm[i]))).sort();
	const reach = Math.max(1, far[Math.floor((far.length - 1) * (1 - LEFT_OUT))] ?? 1);
	const within = (km: number) => Math.max(-reach, Math.min(reach, km));
	const counts: Record<Tone, number> = { nobody: 0, growth: 0, sponsored: 0 };
	const dots = members.map((i): Mark => {
		const tone = toneOf(people, i);
		counts[tone]++;
		return { x: within(eastKm[i]), y: within(northKm[i]), tone, count: 1 };
	});
	if (dots.length <= MOST_DOTS) return { marks: dots, size: 0, reach, counts };
	const size = (2 * reach) / BINS;
	return { marks: inBins(dots, size, reach), size, reach, counts };
}

function toneOf(people: Participants, i: number): Tone {
	const [first, end] = [people.itemStart[i], people.itemStart[i + 1]];
	if (first === end) return 'nobody';
	for (let j = first; j < end; j++) if (people.itemKind[people.item[j]] === 0) return 'sponsored';
	return 'growth';
}

function inBins(dots: readonly Mark[], size: number, reach: number): Mark[] {
	const bins = new Map<number, Record<Tone, number>>();
	const place = (km: number) => Math.min(BINS - 1, Math.floor((km + reach) / size));
	for (const { x, y, tone } of dots) {
		const key = place(y) * BINS + place(x);
		const bin = bins.get(key) ?? { nobody: 0, growth: 0, sponsored: 0 };
		bin[tone]++;
		bins.set(key, bin);
	}
	return Array.from(bins, ([key, { nobody, growth, sponsored }]) => ({
		x: ((key % BINS) + 0.5) * size - reach,
		y: (Math.floor(key / BINS) + 0.5) * size - reach,
		tone: sponsored >= growth && sponsored >= nobody ? 'sponsored' : growth >= nobody ? 'growth' : 'nobody',
		count: nobody + growth + sponsored,
	}));
}

/** A round length for the scale bar: the largest of 1, 2, 5 · 10ⁿ km that is at most a third of `km`. */
export function scaleBarKm(km: number): number {
	let length = 0.001;
	for (let power = 0.001; power < 100_000; power *= 10) {
		for (const step of [1, 2, 5]) if (step * power <= km / 3) length = step * power;
	}
	return Number(length.toPrecision(1));
}
